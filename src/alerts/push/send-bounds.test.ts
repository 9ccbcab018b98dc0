import { afterEach, expect, test } from 'vitest'
import { hasty, messagesTo, pushStage } from '../../../test/push-stage.ts'
import { limits } from '../../kernel/limits.ts'

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

test('a deadline that has passed sends nothing', async () => {
  const s = await stage()
  await s.send(s.browsers(5), -1)
  expect(s.words()).toEqual(all('expired', 5))
  expect(s.service.requests()).toBe(0)
})

test('a call holds a bounded number of messages, however many there are and however slow the push service', async () => {
  const s = await stage()
  s.service.faults.set([{ fault: { kind: 'silence' }, times: 1e6 }])
  const [one] = [...messagesTo(s.browsers(1))]
  const [taken, ended, most] = [{ n: 0 }, { n: 0 }, { held: 0 }]
  const source = function* () {
    for (; taken.n < 45_000; taken.n++) {
      most.held = Math.max(most.held, taken.n - ended.n)
      yield { ...(one as NonNullable<typeof one>), key: taken.n }
    }
  }
  await s.sender.send(source(), {
    deadline: new Date(s.clock.now().getTime() + 60_000),
    onOutcome: () => ended.n++,
  })
  expect([taken.n, ended.n]).toEqual([45_000, 45_000])
  expect(most.held).toBeLessThanOrEqual(limits.pushHeld)
  expect(most.held).toBeGreaterThan(limits.pushHeld / 2)
})

test.each([
  ['a day back', -86_400_000],
  ['a year ahead', 31_536_000_000],
])('F20: a clock that steps %s revives nothing and keeps nobody waiting', async (_name, step) => {
  const time = hasty()
  const at = { step: 0 }
  const clock = { now: () => new Date(time.clock.now().getTime() + at.step) }
  const s = await stage([{}], { clock, timing: time.timing })
  s.service.faults.set([{ fault: { kind: 'status', status: 500 }, times: 1e6 }])
  const began = time.timing.monotonic()
  const sending = s.send(s.browsers(30), 30)
  await expect.poll(() => s.service.requests(), { interval: 1 }).toBeGreaterThan(0)
  at.step = step
  await sending
  expect(s.words()).toEqual(all('expired', 30))
  expect(time.timing.monotonic() - began).toBeLessThan(60_000)
})
