import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type Answer, type TestApp, testApp } from '../../test/harness.ts'
import { aMember, anAdministrator, makeVisitor, type Visitor } from '../../test/visitor.ts'
import { makeToken } from './index.ts'

let app: TestApp
let admin: Visitor
beforeAll(async () => {
  app = await testApp()
  admin = await anAdministrator(app)
})
afterAll(() => app.stop())

const organisation = 'Harbour Neighbours'
const codeOf = ({ status, body }: Answer) => [status, body?.code]
const actionsOn = async (id: string): Promise<string[]> => {
  const rows = await app.kernel.db
    .selectFrom('audit_entries')
    .select('action')
    .where('object', '=', `person:${id}`)
    .orderBy('seq')
    .execute()
  return rows.map(({ action }) => action)
}

describe('inviting', () => {
  it('makes the person, the organisation and a link that is shown once', async () => {
    await admin.signIn()
    const invited = { organisation: 'Tidewater Legal', name: 'Ivo Marsh', roles: ['lawyer'] }
    const { status, body } = await admin.call('POST', '/people', invited)
    expect(status).toBe(201)
    const person = await admin.call('GET', `/people/${body.id}`)
    expect(person.body).toMatchObject({ name: 'Ivo Marsh', roles: ['lawyer'], passkeys: 0 })
    expect(person.body.linkExpiresAt).toBe(body.link.expiresAt)
    expect(person.text).not.toContain(body.link.path)
    const ivo = makeVisitor(app)
    await ivo.enrol(body.link.path)
    expect((await ivo.call('GET', '/me')).body.name).toBe('Ivo Marsh')
    const deeds = ['person.invited', 'link.made', 'passkey.enrolled', 'session.opened']
    expect(await actionsOn(body.id)).toEqual(deeds)
  })

  it('refuses a second person of a name, and names that deceive the eye', async () => {
    await admin.signIn()
    const invite = (name: string) =>
      admin.call('POST', '/people', { organisation, name, roles: ['verifier'] })
    expect((await invite('Ana Reyes')).status).toBe(201)
    expect(codeOf(await invite('Ana Reyes'))).toEqual([409, 'desk/name-taken'])
    expect(codeOf(await invite('  Ana\u200b \u202eReyes '))).toEqual([409, 'desk/name-taken'])
    expect(codeOf(await invite('\u200b'))).toEqual([422, 'kernel/invalid'])
    expect(codeOf(await invite('a\ud800'))).toEqual([422, 'kernel/invalid'])
  })
})

describe('suspending', () => {
  it('ends sessions, tokens and links at once, and resuming brings none of them back', async () => {
    const bo = await aMember(app, 'Bo Tran', 'verifier')
    const { token } = await makeToken(app.kernel, {
      organisation,
      person: 'Bo Tran',
      role: 'verifier',
    })
    const byToken = () => app.call('GET', '/api/v1/desk/me', { token })
    await admin.signIn()
    const link = await admin.call('POST', `/people/${bo.id}/enrolment`, {})
    expect([(await bo.call('GET', '/me')).status, (await byToken()).status]).toEqual([200, 200])
    expect((await admin.call('POST', `/people/${bo.id}/suspend`)).status).toBe(204)
    expect([(await bo.call('GET', '/me')).status, (await byToken()).status]).toEqual([401, 401])
    expect((await makeVisitor(app).enrol(link.body.path)).status).toBe(410)
    expect(codeOf(await bo.signIn())).toEqual([403, 'desk/sign-in-refused'])
    expect((await admin.call('POST', `/people/${bo.id}/resume`)).status).toBe(204)
    expect([(await bo.call('GET', '/me')).status, (await byToken()).status]).toEqual([401, 401])
    expect((await bo.signIn()).status).toBe(200)
  })

  it('an organisation shuts out everyone in it', async () => {
    const cy = await aMember(app, 'Cy Dole', 'verifier')
    await admin.signIn()
    const { body } = await admin.call('GET', `/people/${cy.id}`)
    const path = `/organisations/${body.organisation.id}`
    expect((await admin.call('POST', `${path}/suspend`)).status).toBe(204)
    expect((await cy.call('GET', '/me')).status).toBe(401)
    expect((await cy.signIn()).status).toBe(403)
    const invited = { organisation, name: 'Too Late', roles: ['verifier'] }
    expect(codeOf(await admin.call('POST', '/people', invited))).toEqual([409, 'desk/suspended'])
    await admin.call('POST', `${path}/resume`)
    expect((await cy.signIn()).status).toBe(200)
  })
})

describe('the last administrator', () => {
  it('cannot leave, in any way', async () => {
    await admin.signIn()
    const { body } = await admin.call('GET', '/me')
    const refused = [409, 'desk/last-administrator']
    const tries = [
      ['suspend', undefined],
      ['roles', { roles: ['verifier'] }],
      ['enrolment', { replace: true }],
    ] as const
    for (const [deed, given] of tries)
      expect(codeOf(await admin.call('POST', `/people/${body.id}/${deed}`, given))).toEqual(refused)
    const whole = await admin.call('POST', `/organisations/${body.organisation.id}/suspend`)
    expect(codeOf(whole)).toEqual(refused)
    expect((await admin.call('GET', '/people')).status).toBe(200)
  })

  it('is left over when two suspend each other at the same moment', async () => {
    const other = await aMember(app, 'Second Administrator', 'admin')
    await admin.signIn()
    const { body } = await admin.call('GET', '/me')
    const answers = await Promise.all([
      admin.call('POST', `/people/${other.id}/suspend`),
      other.call('POST', `/people/${body.id}/suspend`),
    ])
    expect(answers.filter(({ status }) => status === 204)).toHaveLength(1)
    await app.kernel.db.updateTable('people').set({ suspended_at: null }).execute()
    await admin.signIn()
    await admin.call('POST', `/people/${other.id}/roles`, { roles: ['verifier'] })
  })
})

describe('managing people', () => {
  it('needs a fresh proof, which is the person’s own', async () => {
    const dee = await aMember(app, 'Dee Okafor', 'verifier')
    await admin.signIn()
    app.clock.advance(15)
    const suspend = () => admin.call('POST', `/people/${dee.id}/suspend`)
    expect(codeOf(await suspend())).toEqual([403, 'desk/step-up-needed'])
    const own = admin.passkey
    admin.passkey = dee.passkey
    expect(codeOf(await admin.stepUp())).toEqual([403, 'desk/sign-in-refused'])
    expect(codeOf(await suspend())).toEqual([403, 'desk/step-up-needed'])
    admin.passkey = own
    expect((await admin.stepUp()).status).toBe(204)
    expect((await suspend()).status).toBe(204)
  })

  it('after a lost phone stops its passkey at once', async () => {
    const eli = await aMember(app, 'Eli Sato', 'verifier')
    await admin.signIn()
    const { body } = await admin.call('POST', `/people/${eli.id}/enrolment`, { replace: true })
    expect((await eli.call('GET', '/me')).status).toBe(401)
    expect((await eli.signIn()).status).toBe(403)
    expect((await makeVisitor(app).enrol(body.path)).status).toBe(200)
  })

  it('is a 404 for people who do not exist', async () => {
    await admin.signIn()
    const nobody = `/people/${app.kernel.ids.uuid()}`
    expect((await admin.call('GET', nobody)).status).toBe(404)
    for (const deed of ['suspend', 'resume', 'tokens/revoke'])
      expect((await admin.call('POST', `${nobody}/${deed}`)).status).toBe(404)
    expect((await admin.call('POST', `${nobody}/enrolment`, {})).status).toBe(404)
    expect((await admin.call('POST', `${nobody}/roles`, { roles: ['admin'] })).status).toBe(404)
  })
})

describe('one’s own passkeys', () => {
  it('can be added by a link of one’s own, and removed down to the last', async () => {
    const fay = await aMember(app, 'Fay Lund', 'verifier')
    const { body } = await fay.call('POST', '/me/enrolment')
    const laptop = makeVisitor(app)
    expect((await laptop.enrol(body.path)).body.person.name).toBe('Fay Lund')
    const remove = (id: string) => laptop.call('DELETE', `/me/passkeys/${id}`)
    expect((await remove(fay.passkey.id)).status).toBe(204)
    expect((await fay.signIn()).status).toBe(403)
    expect(codeOf(await remove(laptop.passkey.id))).toEqual([409, 'desk/last-passkey'])
  })
})

describe('the record', () => {
  it('is read in pages, newest first', async () => {
    await admin.signIn()
    const first = await admin.call('GET', '/audit?limit=3')
    expect(first.body.entries).toHaveLength(3)
    const second = await admin.call('GET', `/audit?limit=3&before=${first.body.next}`)
    const seqs = [...first.body.entries, ...second.body.entries].map(({ seq }) => Number(seq))
    expect(seqs).toEqual(seqs.toSorted((a, b) => b - a))
    expect(new Set(seqs).size).toBe(6)
  })

  it('is written once', async () => {
    const change = app.kernel.db.updateTable('audit_entries').set({ action: 'nothing' }).execute()
    await expect(change).rejects.toThrow('never changed')
  })
})
