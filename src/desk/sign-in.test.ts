import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '../../test/harness.ts'
import { makePasskey } from '../../test/passkey.ts'
import { aMember, makeVisitor, type Visitor } from '../../test/visitor.ts'
import { inviteLink } from './index.ts'

let app: TestApp
let ana: Visitor & { id: string }
beforeAll(async () => {
  app = await testApp()
  ana = await aMember(app, 'Ana Reyes', 'verifier')
})
afterAll(() => app.stop())

const newestDeed = () =>
  app.kernel.db
    .selectFrom('audit_entries')
    .select(['action', 'object', 'detail'])
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirstOrThrow()

/** A proof for a fresh sign-in, not yet sent. */
async function proofFor(visitor: Visitor) {
  const begun = await visitor.call('POST', '/session/begin')
  return visitor.passkey.prove(begun.body)
}
const send = (visitor: Visitor, response: unknown, path = '/session') =>
  visitor.call('POST', `${path}/finish`, { response })

it('opens a session, in a cookie that scripts and other sites cannot use', async () => {
  const answer = await ana.signIn()
  expect(answer.body.person.name).toBe('Ana Reyes')
  expect(answer.headers['set-cookie']).toMatch(
    /^desk-session=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict; Max-Age=43200$/,
  )
  expect((await newestDeed()).action).toBe('session.opened')
})

it('names nobody to strangers', async () => {
  const { body } = await makeVisitor(app).call('POST', '/session/begin')
  expect(body).toMatchObject({ allowCredentials: [], userVerification: 'required' })
})

describe('refuses', () => {
  it('a proof that was sent before', async () => {
    const proof = await proofFor(ana)
    expect((await send(ana, proof)).status).toBe(200)
    expect((await send(makeVisitor(app), proof)).body.code).toBe('desk/challenge-gone')
  })

  it('two answers to one challenge, sent at once', async () => {
    const begun = await ana.call('POST', '/session/begin')
    const proofs = [ana.passkey.prove(begun.body), ana.passkey.prove(begun.body)]
    const answers = await Promise.all(proofs.map((proof) => send(makeVisitor(app), proof)))
    expect(answers.map(({ status }) => status).sort()).toEqual([200, 409])
  })

  it('a challenge that is five minutes old', async () => {
    const proof = await proofFor(ana)
    app.clock.advance(5)
    expect((await send(ana, proof)).body.code).toBe('desk/challenge-gone')
  })

  it('a challenge asked for another purpose', async () => {
    await ana.signIn()
    const begun = await ana.call('POST', '/session/step-up/begin')
    expect((await send(ana, ana.passkey.prove(begun.body))).body.code).toBe('desk/challenge-gone')
    const proof = await proofFor(ana)
    expect((await send(ana, proof, '/session/step-up')).body.code).toBe('desk/challenge-gone')
  })

  it.each([
    ['a proof given to another site', { origin: 'https://porchlight.example' }, 'bad-proof'],
    ['a proof for another host', { rpId: 'porchlight.example' }, 'bad-proof'],
    ['a device that asked for no PIN', { userVerified: false }, 'bad-proof'],
    ['a signature by another key', { key: makePasskey().key }, 'bad-proof'],
    ['a passkey that says it is somebody else’s', { userHandle: 'c29tZWJvZHk' }, 'wrong-person'],
    ['a passkey that does not say whose it is', { userHandle: null }, 'wrong-person'],
  ])('%s, and writes it down', async (_what, lies, reason) => {
    const answer = await ana.signIn(lies)
    expect(answer.status).toBe(403)
    expect(answer.body.code).toBe('desk/sign-in-refused')
    expect(answer.headers['set-cookie']).toBeUndefined()
    const object = `person:${ana.id}`
    expect(await newestDeed()).toEqual({ action: 'sign-in.refused', object, detail: { reason } })
  })

  it('a proof made inside another site’s frame', async () => {
    expect((await ana.signIn({ crossOrigin: true })).status).toBe(409)
  })

  it('a passkey nobody has enrolled', async () => {
    expect((await makeVisitor(app).signIn({ userHandle: 'eA' })).body.code).toBe(
      'desk/sign-in-refused',
    )
  })
})

describe('a copied passkey', () => {
  it('is refused when its counter went back or stood still', async () => {
    expect((await ana.signIn({ counter: 50 })).status).toBe(200)
    for (const counter of [50, 49, 0]) {
      expect((await ana.signIn({ counter })).body.code).toBe('desk/passkey-cloned')
      expect((await newestDeed()).detail).toEqual({ reason: 'counter-went-back' })
    }
    expect((await ana.signIn({ counter: 51 })).status).toBe(200)
  })

  it('is told only by a good signature: a forger raises no false alarm', async () => {
    const answer = await ana.signIn({ counter: 1, key: makePasskey().key })
    expect(answer.body.code).toBe('desk/sign-in-refused')
    expect((await newestDeed()).detail).toEqual({ reason: 'bad-proof' })
    expect((await ana.signIn({ counter: 60 })).status).toBe(200)
  })

  it('that is a synchronised passkey never counts, and may', async () => {
    const bo = await aMember(app, 'Bo Tran', 'verifier')
    expect((await bo.signIn({ counter: 0 })).status).toBe(200)
    expect((await bo.signIn({ counter: 0 })).status).toBe(200)
  })
})

describe('a session', () => {
  it('is a new secret each time, and ends the one the browser had', async () => {
    await ana.signIn()
    const before = ana.cookie
    await ana.signIn()
    expect(ana.cookie).not.toBe(before)
    const answer = await makeVisitor(app).call('GET', '/me', undefined, { cookie: before })
    expect(answer.status).toBe(401)
  })

  it('is never one that somebody planted', async () => {
    const visitor = makeVisitor(app)
    visitor.cookie = 'desk-session=planted-by-somebody-else'
    visitor.passkey = ana.passkey
    expect((await visitor.signIn({ counter: 100 })).status).toBe(200)
    expect(visitor.cookie).not.toContain('planted')
  })

  it('is neither opened nor closed by other sites', async () => {
    await ana.signIn()
    const elsewhere = { origin: 'http://evil.test' }
    expect((await ana.call('DELETE', '/session', undefined, elsewhere)).status).toBe(403)
    expect((await ana.call('GET', '/me')).status).toBe(200)
    const proof = await proofFor(ana)
    const planted = await ana.call('POST', '/session/finish', { response: proof }, elsewhere)
    expect(planted.body.code).toBe('desk/other-origin')
  })

  it('ends when its person signs out', async () => {
    await ana.signIn()
    const cookie = ana.cookie
    expect((await ana.call('DELETE', '/session')).status).toBe(204)
    expect((await ana.call('GET', '/me', undefined, { cookie })).status).toBe(401)
    expect((await newestDeed()).action).toBe('session.closed')
  })
})

describe('on a site with PUBLIC_URL', () => {
  it('binds passkeys and cookie to that address, whatever Host says', async () => {
    const safe = await testApp({ publicUrl: 'https://porchlight.example' })
    try {
      const order = { organisation: 'Harbour', person: 'Ana', roles: ['verifier'] as const }
      const visitor = makeVisitor(safe, 'https://porchlight.example')
      await visitor.enrol(await inviteLink(safe.kernel, order))
      expect(visitor.cookie).toMatch(/^__Host-desk=/)
      const answer = await visitor.signIn()
      expect(answer.headers['set-cookie']).toContain('; Secure')
      expect((await visitor.call('GET', '/me', undefined, { host: 'evil.test' })).status).toBe(200)
      const plain = visitor.cookie.replace('__Host-desk', 'desk-session')
      expect((await visitor.call('GET', '/me', undefined, { cookie: plain })).status).toBe(401)
    } finally {
      await safe.stop()
    }
  })
})
