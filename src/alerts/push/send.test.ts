import { afterEach, expect, test } from 'vitest'
import { type Browser, messagesTo, pushStage, readBy } from '../../../test/push-stage.ts'
import { generateVapidKeys, makePushSender, makeVapid } from './index.ts'

const open: { close(): Promise<void> }[] = []
afterEach(async () => {
  for (const stage of open.splice(0)) await stage.close()
})

const stage = async (...args: Parameters<typeof pushStage>) => {
  const made = await pushStage(...args)
  open.push(made)
  return made
}

const all = (word: string, count: number): string[] => Array.from({ length: count }, () => word)

test.each(['h2', 'http/1.1'] as const)(
  'over %s each browser reads its own message, once',
  async (protocol) => {
    const s = await stage([{ protocols: [protocol] }])
    const browsers = s.browsers(300)
    await s.send(browsers)
    expect(s.words()).toEqual(all('accepted', 300))
    for (const [n, browser] of browsers.entries())
      expect(await readBy(browser, s.service.ledger)).toEqual([`message ${n}`])
    expect(new Set(s.service.ledger.map(({ body }) => body.length))).toEqual(new Set([1127]))
    expect(s.service.ledger.find(({ path }) => path === '/p/7')).toMatchObject({
      urgency: 'high',
      topic: 't7',
    })
  },
)

test('the push service keeps a message no longer than the deadline', async () => {
  const s = await stage()
  await s.send(s.browsers(1), 60)
  const [message] = s.service.ledger
  expect(message?.ttlSeconds).toBeGreaterThan(30)
  expect(message?.ttlSeconds).toBeLessThanOrEqual(60)
})

test('one connection serves many calls, and a restart of the push service between them', async () => {
  const s = await stage()
  const browsers = s.browsers(20)
  await s.send(browsers)
  s.service.disconnect()
  await s.send(browsers, 600, 20)
  expect(s.words()).toEqual(all('accepted', 40))
})

test('who is gone is told at once and asked no second time', async () => {
  const s = await stage()
  const browsers = s.browsers(100)
  for (const { endpoint } of browsers.slice(0, 30)) s.service.remove(endpoint)
  await s.send(browsers)
  expect(s.words()).toEqual([...all('gone', 30), ...all('accepted', 70)])
  expect(s.service.requests()).toBe(100)
})

test.each([
  [413, 'refused'],
  [400, 'refused'],
  [403, 'refused'],
  [301, 'refused'],
  [404, 'gone'],
  [410, 'gone'],
  [200, 'accepted'],
  [202, 'accepted'],
] as const)('a status %i is final: %s', async (status, outcome) => {
  const s = await stage()
  s.service.faults.set([{ fault: { kind: 'status', status }, times: 9 }])
  await s.send(s.browsers(1))
  expect(s.outcomes.get(0)).toEqual([{ key: 0, outcome, status }])
  expect(s.service.requests()).toBe(1)
})

test('another key than the subscriber’s is refused by the push service, so the test’s service does check', async () => {
  const s = await stage()
  const [browser] = s.browsers(1) as [Browser]
  const vapid = makeVapid({
    keys: generateVapidKeys(),
    subject: 'mailto:a@b.example',
    clock: s.clock,
  })
  const other = makePushSender({ vapid, clock: s.clock, ca: s.service.ca, allowLoopback: true })
  const heard: unknown[] = []
  const deadline = new Date(s.clock.now().getTime() + 600_000)
  await other.send(messagesTo([browser]), { deadline, onOutcome: (o) => heard.push(o) })
  await other.stop()
  expect(heard).toEqual([{ key: 0, outcome: 'refused', status: 403 }])
})

test('a certificate that nobody vouches for gets no message', async () => {
  const s = await stage([{}], { ca: [] })
  await s.send(s.browsers(3), 5)
  expect(s.words()).toEqual(all('expired', 3))
  expect(s.service.requests()).toBe(0)
})

test('an authority that is none leaves nobody waiting', async () => {
  const s = await stage([{}], { ca: 'no certificate' })
  await s.send(s.browsers(3), 5)
  expect(s.words()).toEqual(all('expired', 3))
})

test('an endpoint that leads inside is refused before anything is connected to, by its name or by its address', async () => {
  const lookup = (
    _name: string,
    _options: object,
    done: (e: null, a: { address: string; family: number }[]) => void,
  ) => done(null, [{ address: '127.0.0.1', family: 4 }])
  const s = await stage([{}], { allowLoopback: false, lookup })
  const [browser] = s.browsers(1) as [Browser]
  const endpoints = [
    browser.endpoint,
    'https://push.example/p/0',
    'http://push.example/',
    'https://10.0.0.1/',
    'nonsense',
  ]
  await s.send(endpoints.map((endpoint) => ({ ...browser, endpoint })))
  expect(s.words()).toEqual(all('refused', 5))
  expect(s.service.requests()).toBe(0)
})

test('a header cannot be smuggled in by a topic', async () => {
  const s = await stage()
  const [message] = [...messagesTo(s.browsers(1))]
  const outcomes: string[] = []
  await s.sender.send([{ ...(message as NonNullable<typeof message>), topic: 'a\r\nx: y' }], {
    deadline: new Date(s.clock.now().getTime() + 60_000),
    onOutcome: ({ outcome }) => outcomes.push(outcome),
  })
  expect(outcomes).toEqual(['refused'])
})

test('when the caller’s own part throws, the rest still ends and the call says so', async () => {
  const s = await stage()
  const deadline = new Date(s.clock.now().getTime() + 60_000)
  const keys: number[] = []
  const onOutcome = ({ key }: { key: number }): void => {
    keys.push(key)
    if (key === 1) throw new Error('the caller’s own')
  }
  await expect(s.sender.send(messagesTo(s.browsers(5)), { deadline, onOutcome })).rejects.toThrow(
    'caller’s own',
  )
  expect(keys.toSorted()).toEqual([0, 1, 2, 3, 4])
  const broken = async function* () {
    yield* messagesTo(s.browsers(2))
    throw new Error('the source broke')
  }
  const ends: string[] = []
  await expect(
    s.sender.send(broken(), { deadline, onOutcome: ({ outcome }) => ends.push(outcome) }),
  ).rejects.toThrow('source broke')
  expect(ends).toEqual(['accepted', 'accepted'])
})

test('stopped, it waits for what is under way, fails the rest and takes no more', async () => {
  const s = await stage()
  s.service.faults.set([{ fault: { kind: 'silence' }, times: 1000 }])
  const sending = s.send(s.browsers(50))
  await expect.poll(() => s.service.requests()).toBeGreaterThan(10)
  await s.sender.stop()
  await sending
  expect(s.words()).toEqual(all('failed', 50))
  await expect(s.send(s.browsers(1))).rejects.toThrow(/stopped/)
})
