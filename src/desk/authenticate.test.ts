import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '../../test/harness.ts'
import { aMember, anAdministrator, makeVisitor, type Visitor } from '../../test/visitor.ts'
import { makeToken } from './index.ts'

let app: TestApp
let admin: Visitor
let ana: Visitor & { id: string }
beforeAll(async () => {
  app = await testApp()
  admin = await anAdministrator(app)
  ana = await aMember(app, 'Ana Reyes', 'verifier', 'operator')
})
afterAll(() => app.stop())

const status = async (visitor: Visitor): Promise<number> =>
  (await visitor.call('GET', '/me')).status

describe('a session', () => {
  it('ends after half an hour without use, and lives on with it', async () => {
    await ana.signIn()
    for (let i = 0; i < 3; i++) {
      app.clock.advance(29)
      expect(await status(ana)).toBe(200)
    }
    app.clock.advance(30)
    expect(await status(ana)).toBe(401)
  })

  it('ends after twelve hours whatever its owner does', async () => {
    await ana.signIn()
    for (let minutes = 0; minutes < 700; minutes += 20) {
      expect(await status(ana)).toBe(200)
      app.clock.advance(20)
    }
    expect(await status(ana)).toBe(200)
    app.clock.advance(20)
    expect(await status(ana)).toBe(401)
  })

  it.each([
    ['another site', { origin: 'https://evil.test' }],
    ['a sibling host', { origin: 'http://evil.localhost' }],
    ['another port', { origin: 'http://localhost:8081' }],
    ['nobody who says so', { origin: '' }],
    ['a page without an origin', { origin: 'null' }],
    ['two origins', { origin: 'http://localhost, http://evil.test' }],
  ])('changes nothing for %s', async (_what, headers) => {
    await ana.signIn()
    const answer = await ana.call('POST', '/me/enrolment', undefined, headers)
    expect(answer.body.code).toBe('kernel/sign-in-needed')
  })

  it('trusts the browser that says a request is its own site’s', async () => {
    await ana.signIn()
    const headers = { origin: 'https://behind-a-proxy.test', 'sec-fetch-site': 'same-origin' }
    expect((await ana.call('POST', '/me/enrolment', undefined, headers)).status).toBe(201)
  })

  it('is none when two cookies of its name come', async () => {
    await ana.signIn()
    const cookie = `${ana.cookie}; desk-session=planted`
    expect((await ana.call('GET', '/me', undefined, { cookie })).status).toBe(401)
  })

  it('takes a change of roles at once', async () => {
    const bo = await aMember(app, 'Bo Tran', 'verifier')
    await admin.signIn()
    await admin.call('POST', `/people/${bo.id}/roles`, { roles: ['admin'] })
    expect((await bo.call('GET', '/people')).status).toBe(200)
    await admin.call('POST', `/people/${bo.id}/roles`, { roles: ['verifier'] })
    expect((await bo.call('GET', '/people')).status).toBe(403)
  })
})

describe('a token', () => {
  const order = { organisation: 'Harbour Neighbours', person: 'Ana Reyes' }
  const bearer = (token: string) => ({ authorization: `Bearer ${token}`, cookie: '' })

  it('is its person, with its one role', async () => {
    const { token } = await makeToken(app.kernel, { ...order, role: 'operator' })
    const { body } = await makeVisitor(app).call('GET', '/me', undefined, bearer(token))
    expect(body).toMatchObject({ id: ana.id, roles: ['operator'], by: 'token' })
  })

  it('needs no origin: no browser sends it by itself', async () => {
    const { token } = await makeToken(app.kernel, { ...order, role: 'admin' })
    const headers = { ...bearer(token), origin: 'https://elsewhere.test' }
    const body = { organisation: 'Harbour Neighbours', name: 'By Token', roles: ['analyst'] }
    const answer = await makeVisitor(app).call('POST', '/people', body, headers)
    expect(answer.status).toBe(201)
    await admin.signIn()
    await admin.call('POST', `/people/${ana.id}/roles`, { roles: ['verifier', 'operator'] })
    expect((await makeVisitor(app).call('GET', '/people', undefined, headers)).status).toBe(401)
  })

  it('ends when it was made to', async () => {
    const { token } = await makeToken(app.kernel, { ...order, role: 'verifier', hours: 1 })
    app.clock.advance(59)
    expect((await makeVisitor(app).call('GET', '/me', undefined, bearer(token))).status).toBe(200)
    app.clock.advance(1)
    expect((await makeVisitor(app).call('GET', '/me', undefined, bearer(token))).status).toBe(401)
  })

  it('is wrong, and a good cookie beside it does not help', async () => {
    await ana.signIn()
    const headers = { authorization: 'Bearer wrong' }
    expect((await ana.call('GET', '/me', undefined, headers)).status).toBe(401)
  })

  it('cannot become a passkey', async () => {
    const { token } = await makeToken(app.kernel, { ...order, role: 'verifier' })
    const answer = await makeVisitor(app).call('POST', '/me/enrolment', undefined, bearer(token))
    expect(answer.body.code).toBe('desk/not-by-token')
  })
})

describe('the database', () => {
  it('holds no secret that opens anything', async () => {
    await ana.signIn()
    const secret = ana.cookie.split('=')[1] ?? ''
    const { token } = await makeToken(app.kernel, {
      organisation: 'Harbour Neighbours',
      person: 'Ana Reyes',
      role: 'verifier',
    })
    for (const table of ['sessions', 'tokens', 'enrolments', 'audit_entries'] as const) {
      const kept = JSON.stringify(await app.kernel.db.selectFrom(table).selectAll().execute())
      expect(kept).not.toContain(secret)
      expect(kept).not.toContain(token)
    }
  })
})
