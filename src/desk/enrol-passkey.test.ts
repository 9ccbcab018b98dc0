import { afterAll, beforeAll, expect, it } from 'vitest'
import { type TestApp, testApp } from '../../test/harness.ts'
import { aMember, makeVisitor } from '../../test/visitor.ts'
import { inviteLink } from './index.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.stop())

let count = 0
const freshLink = (person = `Person ${++count}`): Promise<string> =>
  inviteLink(app.kernel, { organisation: 'Harbour Neighbours', person, roles: ['verifier'] })
const pathOf = (link: string): string => `/enrolments/${link.split('/').at(-1)}`

it('makes the person of the link, and signs them in', async () => {
  const visitor = makeVisitor(app)
  const answer = await visitor.enrol(await freshLink('Ana Reyes'))
  expect(answer.status).toBe(200)
  const me = await visitor.call('GET', '/me')
  expect(me.body).toMatchObject({ name: 'Ana Reyes', roles: ['verifier'], by: 'session' })
  expect(me.body.passkeys).toHaveLength(1)
})

it('works once, also for two who are quick', async () => {
  const link = await freshLink()
  const two = [makeVisitor(app), makeVisitor(app)]
  const answers = await Promise.all(two.map((visitor) => visitor.enrol(link)))
  expect(answers.map(({ status }) => status).sort()).toEqual([200, 410])
  expect((await makeVisitor(app).enrol(link)).body.code).toBe('desk/link-gone')
})

it('works for seven days', async () => {
  const link = await freshLink()
  app.clock.advance(7 * 24 * 60 - 1)
  expect((await makeVisitor(app).call('POST', `${pathOf(link)}/begin`)).status).toBe(200)
  app.clock.advance(1)
  expect((await makeVisitor(app).enrol(link)).body.code).toBe('desk/link-gone')
})

it('is cancelled by a newer link', async () => {
  const link = await freshLink('Twice Invited')
  await freshLink('Twice Invited')
  expect((await makeVisitor(app).enrol(link)).status).toBe(410)
})

it('answers the same to a link that never was', async () => {
  const unknown = `/desk/enrol/${'x'.repeat(43)}`
  expect((await makeVisitor(app).enrol(unknown)).body.code).toBe('desk/link-gone')
})

it('never adds a passkey to anybody but the person of the link', async () => {
  const [mine, theirs] = [await freshLink('Mallory'), await freshLink('Victim')]
  const mallory = makeVisitor(app)
  const begun = await mallory.call('POST', `${pathOf(mine)}/begin`)
  const victim = { ...begun.body, user: { ...begun.body.user, id: 'dmljdGlt' } }
  const response = mallory.passkey.register(victim)
  // Mallory's challenge does not open the victim's link ...
  const foreign = await mallory.call('POST', `${pathOf(theirs)}/finish`, { response })
  expect(foreign.body.code).toBe('desk/challenge-gone')
  // ... nothing in the body names a person ...
  for (const extra of [{ personId: 'x' }, { person: { id: 'x' } }, { userHandle: 'x' }]) {
    const answer = await mallory.call('POST', `${pathOf(mine)}/finish`, { response, ...extra })
    expect(answer.body.code).toBe('kernel/invalid')
  }
  // ... and whatever user the passkey believes in, it opens Mallory's desk only.
  const own = await mallory.call('POST', `${pathOf(mine)}/finish`, { response })
  expect(own.body.person.name).toBe('Mallory')
})

it('does not take over a passkey that somebody already has', async () => {
  const ana = await aMember(app, 'Has A Passkey', 'verifier')
  const lies = { credentialId: ana.passkey.id }
  const answer = await makeVisitor(app).enrol(await freshLink(), lies)
  expect(answer.body.code).toBe('desk/passkey-unusable')
  expect((await ana.signIn()).body.person.name).toBe('Has A Passkey')
})

it.each([
  ['another origin', { origin: 'https://porchlight.example' }, 'desk/passkey-unusable'],
  ['another site', { rpId: 'porchlight.example' }, 'desk/passkey-unusable'],
  ['no fingerprint, face or PIN', { userVerified: false }, 'desk/passkey-unusable'],
  ['a challenge of its own', { challenge: 'bm90LW91cnM' }, 'desk/challenge-gone'],
  ['a page inside another site', { crossOrigin: true }, 'desk/challenge-gone'],
])('refuses %s', async (_what, lies, code) => {
  expect((await makeVisitor(app).enrol(await freshLink(), lies)).body.code).toBe(code)
})

it('reads no certificate, and so calls no address that one names', async () => {
  const outside = globalThis.fetch
  const called: unknown[] = []
  globalThis.fetch = (async (url: unknown) => {
    called.push(url)
    throw new Error('no network')
  }) as typeof fetch
  try {
    const lies = { certificate: Buffer.from('3003020100', 'hex') }
    const answer = await makeVisitor(app).enrol(await freshLink(), lies)
    expect(answer.body.code).toBe('desk/passkey-unusable')
    expect(called).toEqual([])
  } finally {
    globalThis.fetch = outside
  }
})

it('gives a challenge five minutes and one answer, a wrong one too', async () => {
  const link = await freshLink()
  const visitor = makeVisitor(app)
  const late = await visitor.call('POST', `${pathOf(link)}/begin`)
  app.clock.advance(5)
  const finish = (response: unknown) => visitor.call('POST', `${pathOf(link)}/finish`, { response })
  expect((await finish(visitor.passkey.register(late.body))).body.code).toBe('desk/challenge-gone')
  const begun = await visitor.call('POST', `${pathOf(link)}/begin`)
  const wrong = visitor.passkey.register(begun.body, { userVerified: false })
  expect((await finish(wrong)).body.code).toBe('desk/passkey-unusable')
  const right = visitor.passkey.register(begun.body)
  expect((await finish(right)).body.code).toBe('desk/challenge-gone')
})

it('is refused to pages of other sites', async () => {
  const path = `${pathOf(await freshLink())}/begin`
  const answer = await makeVisitor(app).call('POST', path, undefined, {
    origin: 'http://evil.test',
  })
  expect(answer.body.code).toBe('desk/other-origin')
})
