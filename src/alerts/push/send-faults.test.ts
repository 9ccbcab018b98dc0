import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { type Browser, pushStage, readBy } from '../../../test/push-stage.ts'
import type { Fault } from '../../demo/push-service/faults.ts'
import { limits } from '../../kernel/limits.ts'

// Faults F15 to F18 of the matrix, each really done by a push service of its own.

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
const status = (code: number, retryAfter?: string): Fault => ({
  kind: 'status',
  status: code,
  retryAfter,
})

test('F15: a push service that says nothing for a minute, or a byte a second, delays no other', async () => {
  const s = await stage([{}, {}, { protocols: ['http/1.1'] }])
  const [fast, silent, slow] = s.services as [typeof s.service, typeof s.service, typeof s.service]
  silent.faults.set([{ fault: { kind: 'silence' }, times: 1e6 }])
  slow.faults.set([{ fault: { kind: 'slow', bytesPerSecond: 1 }, times: 1e6 }])
  const began = s.timing.monotonic()
  const ends: number[] = []
  const mixed = [...s.browsers(200, silent), ...s.browsers(200, slow), ...s.browsers(200, fast)]
  const sending = s.send(mixed, 150)
  await expect.poll(() => s.outcomes.size, { interval: 1 }).toBe(200)
  ends.push(s.timing.monotonic() - began)
  expect(fast.ledger).toHaveLength(200)
  await sending
  expect(s.words().slice(0, 200)).toEqual(all('expired', 200))
  expect(s.words().slice(400)).toEqual(all('accepted', 200))
  // Not one answer of the slow ones was waited for: they take longer than this by far.
  expect(ends[0]).toBeLessThan(limits.pushAnswerSeconds * 1000)
})

test.each([
  ['seconds', () => '30'],
  ['a date', (now: Date) => new Date(now.getTime() + 30_000).toUTCString()],
])('F16: 429 with %s leaves the whole push service alone that long', async (_name, header) => {
  const s = await stage()
  const [first, ...others] = s.browsers(5) as [Browser, ...Browser[]]
  s.service.faults.set([{ fault: status(429, header(s.clock.now())), times: 1 }], first.endpoint)
  const began = s.clock.now().getTime()
  const sending = s.send([first])
  await expect.poll(() => s.service.requests(), { interval: 1 }).toBe(1)
  // Long enough for the answer to come back on a busy machine, and well before the 30 seconds are over.
  await expect.poll(() => s.timing.monotonic(), { interval: 1 }).toBeGreaterThan(18_000)
  await Promise.all([sending, s.send(others, 600, 1)])
  expect(s.words()).toEqual(all('accepted', 5))
  expect(s.service.requests()).toBe(6)
  for (const { at } of s.service.ledger) expect(at.getTime() - began).toBeGreaterThan(28_000)
})

test.each(['1000000000', '601', 'Fri, 31 Dec 2027 23:59:59 GMT'])(
  'F16: 429 with Retry-After %s is past the deadline: given up at once, so that another way can be taken',
  async (header) => {
    const s = await stage()
    s.service.faults.set([{ fault: status(429, header), times: 1e6 }])
    const began = s.timing.monotonic()
    await s.send(s.browsers(40), 600)
    expect(s.words()).toEqual(all('expired', 40))
    expect(s.timing.monotonic() - began).toBeLessThan(300_000)
    expect(s.service.requests()).toBeLessThanOrEqual(40)
  },
)

test.each(['-5', '0', 'soon', '', '1e9', 'NaN', 'Tue, 24 Nov 2026 17:00:00 GMT', '9'.repeat(400)])(
  'F16: a Retry-After of "%s" is waited out as if there were none, never in a hot loop',
  async (header) => {
    const s = await stage()
    s.service.faults.set([{ fault: status(429, header), times: 3 }])
    const began = s.timing.monotonic()
    await s.send(s.browsers(1))
    expect(s.words()).toEqual(['accepted'])
    expect(s.service.requests()).toBe(4)
    // Half of 0.25, 0.5 and 1 seconds at least.
    expect(s.timing.monotonic() - began).toBeGreaterThan(850)
  },
)

test('F16: a push service that only ever says 429 is asked ever more rarely', async () => {
  const s = await stage()
  s.service.faults.set([{ fault: status(429), times: 1e6 }])
  await s.send(s.browsers(300), 400)
  expect(new Set(s.words())).toEqual(new Set(['expired']))
  // The first window, and then single questions: 300 messages cost no 300 questions.
  expect(s.service.requests()).toBeLessThan(100)
})

const passing: [string, Fault][] = [
  ['500', status(500)],
  ['502', status(502)],
  ['503 with Retry-After', status(503, '5')],
  ['a reset stream', { kind: 'reset' }],
  ['half an answer', { kind: 'half' }],
  ['an answer that is lost', { kind: 'lost' }],
  ['a refused stream', { kind: 'refuse' }],
  ['GOAWAY', { kind: 'goaway' }],
  ['a minute of silence', { kind: 'silence' }],
]
for (const protocol of ['h2', 'http/1.1'] as const)
  test.each(passing)(`F18: %s over ${protocol} loses nothing`, async (_name, fault) => {
    const s = await stage([{ protocols: [protocol] }])
    const browsers = s.browsers(60)
    for (const { endpoint } of browsers.slice(0, fault.kind === 'silence' ? 2 : 10))
      s.service.faults.set([{ fault, times: 2 }], endpoint)
    await s.send(browsers, 1200)
    expect(s.words()).toEqual(all('accepted', 60))
    for (const [n, browser] of browsers.entries()) {
      const read = await readBy(browser, s.service.ledger)
      // An answer that was lost is asked for again: its topic makes it one for the browser.
      expect(new Set(read)).toEqual(new Set([`message ${n}`]))
      if (fault.kind !== 'lost' && fault.kind !== 'half') expect(read).toHaveLength(1)
    }
  })

test('F18: what fails for good ends after a bounded number of tries', async () => {
  const s = await stage()
  const [bad, ...good] = s.browsers(30) as [Browser, ...Browser[]]
  s.service.faults.set([{ fault: status(500), times: 1e6 }], bad.endpoint)
  await s.send([bad, ...good], 3600)
  expect(s.outcomes.get(0)).toEqual([{ key: 0, outcome: 'failed', status: 500 }])
  expect(s.service.requests()).toBe(29 + limits.pushAttempts)
})

test('F19: nobody there: everything is given up at the deadline, and a later call finds the service back', async () => {
  const s = await stage()
  const browsers = s.browsers(20)
  await s.service.stop()
  await s.send(browsers, 20)
  expect(s.words()).toEqual(all('expired', 20))
})

const anyFault: fc.Arbitrary<Fault> = fc.oneof(
  ...[429, 500, 503].map((code) => fc.constant(status(code))),
  fc.constantFrom('1', '20', '100000', '-1', 'x').map((header) => status(429, header)),
  ...(['reset', 'half', 'lost', 'refuse', 'goaway', 'silence'] as const).map((kind) =>
    fc.constant<Fault>({ kind }),
  ),
  fc.constantFrom(404, 410, 413, 400).map((code) => status(code)),
)
const orders = fc.array(fc.record({ fault: anyFault, times: fc.integer({ min: 1, max: 4 }) }), {
  maxLength: 5,
})

test('whatever goes wrong in whatever order, each message ends once and none is sent after the deadline', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(orders, { minLength: 1, maxLength: 12 }),
      orders,
      fc.integer({ min: 1, max: 120 }),
      fc.constantFrom<'h2' | 'http/1.1'>('h2', 'http/1.1'),
      async (each, everywhere, seconds, protocol) => {
        const s = await pushStage([{ protocols: [protocol] }])
        try {
          const browsers = s.browsers(each.length)
          s.service.faults.set(everywhere)
          for (const [n, { endpoint }] of browsers.entries())
            s.service.faults.set(each[n] ?? [], endpoint)
          const deadline = s.clock.now().getTime() + seconds * 1000
          await s.send(browsers, seconds)
          const [requests, took] = [s.service.requests(), s.clock.now().getTime() - deadline]
          expect(s.words()).toHaveLength(each.length)
          for (const word of s.words())
            expect(word).toMatch(/^(accepted|gone|expired|refused|failed)$/)
          // A hundredth of a second is a second here: what is under way at the deadline is given up within it.
          expect(took).toBeLessThan(15_000)
          for (const [n, browser] of browsers.entries()) {
            const taken = await readBy(browser, s.service.ledger)
            if (s.words()[n] === 'accepted')
              expect(new Set(taken)).toEqual(new Set([`message ${n}`]))
          }
          await new Promise((resolve) => setTimeout(resolve, 20))
          expect(s.service.requests()).toBe(requests)
        } finally {
          await s.close()
        }
      },
    ),
    { numRuns: 25 },
  )
}, 120_000)
