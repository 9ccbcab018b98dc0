import { afterEach, beforeEach, expect, it } from 'vitest'
import { type TestApp, testApp } from '../../test/harness.ts'
import { makeVisitor } from '../../test/visitor.ts'
import { firstAdministratorLink, inviteLink, makeToken } from './index.ts'

let app: TestApp
beforeEach(async () => {
  app = await testApp({ demo: true })
})
afterEach(() => app.stop())

const organisation = 'Harbour Neighbours'

it('offers the first administrator a fresh link at each start, until one has enrolled', async () => {
  const older = (await firstAdministratorLink(app.kernel)) ?? ''
  const newer = (await firstAdministratorLink(app.kernel)) ?? ''
  expect(newer).toMatch(/^\/desk\/enrol\/[\w-]{43}$/)
  expect((await makeVisitor(app).enrol(older)).status).toBe(410)
  const admin = makeVisitor(app)
  expect((await admin.enrol(newer)).status).toBe(200)
  expect(await firstAdministratorLink(app.kernel)).toBeNull()
  expect((await admin.call('GET', '/me')).body).toMatchObject({
    name: 'First administrator',
    organisation: { name: 'Porchlight administrators' },
    roles: ['admin'],
  })
})

it('offers it again when no administrator is left', async () => {
  await makeVisitor(app).enrol((await firstAdministratorLink(app.kernel)) ?? '')
  await app.kernel.db.updateTable('people').set({ suspended_at: new Date() }).execute()
  const link = (await firstAdministratorLink(app.kernel)) ?? ''
  expect((await makeVisitor(app).enrol(link)).status).toBe(200)
})

it('makes one administrator however many processes start', async () => {
  const links = await Promise.all([1, 2, 3].map(() => firstAdministratorLink(app.kernel)))
  const answers = []
  for (const link of links) answers.push((await makeVisitor(app).enrol(link ?? '')).status)
  expect(answers.sort()).toEqual([200, 410, 410])
})

it('takes the same names for the same person, and adds the role', async () => {
  const order = { organisation, person: 'Ana Reyes' }
  await makeToken(app.kernel, { ...order, role: 'verifier' })
  await makeToken(app.kernel, { ...order, role: 'approver' })
  await inviteLink(app.kernel, { ...order, roles: ['operator'] })
  await makeToken(app.kernel, { ...order, organisation: 'Tidewater Legal', role: 'lawyer' })
  const people = await app.kernel.db.selectFrom('people').select(['name', 'roles']).execute()
  expect(people).toEqual([
    { name: 'Ana Reyes', roles: ['operator', 'verifier', 'approver'] },
    { name: 'Ana Reyes', roles: ['lawyer'] },
  ])
})

it('makes no token for more than 720 hours, and none for the suspended', async () => {
  const order = { organisation, person: 'Ana Reyes', role: 'verifier' } as const
  await expect(makeToken(app.kernel, { ...order, hours: 721 })).rejects.toThrow('--hours')
  await makeToken(app.kernel, order)
  await app.kernel.db.updateTable('people').set({ suspended_at: new Date() }).execute()
  await expect(makeToken(app.kernel, order)).rejects.toMatchObject({ code: 'desk/suspended' })
})

it('lets the demo step into a person, and nothing else', async () => {
  await makeToken(app.kernel, { organisation, person: 'Ana Reyes', role: 'verifier' })
  const { id } = await app.kernel.db.selectFrom('people').select('id').executeTakeFirstOrThrow()
  const { cookie } = await app.app.desk.enterAs(id)
  const headers = { cookie: cookie.split(';')[0] ?? '' }
  const answer = await app.call('GET', '/api/v1/desk/me', { headers })
  expect(answer.body.name).toBe('Ana Reyes')
  const real = await testApp()
  try {
    await expect(real.app.desk.enterAs(id)).rejects.toThrow('porchlight demo')
  } finally {
    await real.stop()
  }
})
