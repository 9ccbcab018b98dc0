import fc from 'fast-check'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { subscribedNumber } from '../../../test/alerting.ts'
import { type TestApp, testApp } from '../../../test/harness.ts'
import { stopNumber } from '../words-in.ts'
import type { Batch, Outcome } from './channels.ts'
import type { SmsGateway } from './sms/gateway.ts'
import { smsChannel } from './sms/sms-channel.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.stop())

const people = 6
let numbers = 0

/** A confirmed subscription of a number nobody had before. */
async function subscribed(): Promise<{ id: number; number: string }> {
  const number = `+1212555${String(1000 + numbers++)}`
  return { id: await subscribedNumber(app, number), number }
}

const sleep = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

const alert = {
  ...{ v: 1, origin: 'o', id: 'K7M3-9QXT', revision: 1, kind: 'confirmed', activity: 'raid' },
  ...{ precision: 'corner', place: 'A & B', areas: [], cells: [], correction: null, drill: false },
  ...{ seenAt: null, sentAt: '2026-11-23T18:00:00Z', expiresAt: '2026-11-23T21:00:00Z' },
} as Batch['signed']['alert']

/** What happened to one number, in order. */
type Moment = 'begins' | 'ends' | 'stopped'

async function race(stopAfter: readonly number[], takes: readonly number[]) {
  const seen = new Map<string, Moment[]>()
  const note = (number: string, moment: Moment): void =>
    void seen.set(number, [...(seen.get(number) ?? []), moment])
  let handed = 0
  const gateway: SmsGateway = {
    async submit({ to }) {
      note(to, 'begins')
      await sleep(takes[handed++ % takes.length] ?? 0)
      note(to, 'ends')
      return 'accepted'
    },
    stop: async () => {},
  }
  const { kernel } = app
  const wording = { translator: app.app.alerts.translator, city: app.app.city }
  const channel = smsChannel({ kernel, wording, gateway, perSecond: 1000 })
  const all = await Promise.all(Array.from({ length: people }, subscribed))
  const outcomes = new Map<number, Outcome>()
  const sending = channel.send({
    signed: { alert, keyId: '', signature: '' },
    document: '',
    deliveries: all.map(({ id, number }) => ({
      ...{ id, language: 'en', receipt: '', prepared: null },
      endpoint: { channel: 'sms', number, capability: '' },
    })),
    deadline: new Date('2026-11-23T21:00:00Z'),
    wanted: () => true,
    onOutcome: (id, outcome) => outcomes.set(id, outcome),
  })
  const stops = all.map(async ({ number }, at) => {
    await sleep(stopAfter[at] ?? 0)
    await kernel.db.transaction().execute((tx) => stopNumber(kernel, tx, number))
    note(number, 'stopped')
  })
  await Promise.all([sending, ...stops])
  await channel.stop()
  return { seen, outcomes, all }
}

const allowed = ['stopped', 'begins ends stopped']
const tally = new Map<string, number>()

it('a stop that was committed is followed by no message, however both fall together', async () => {
  const times = (most: number) =>
    fc.array(fc.integer({ min: 0, max: most }), { minLength: people, maxLength: people })
  await fc.assert(
    fc.asyncProperty(times(40), times(15), async (stopAfter, takes) => {
      const { seen, outcomes, all } = await race(stopAfter, takes)
      for (const { id, number } of all) {
        const story = (seen.get(number) ?? []).join(' ')
        expect(allowed).toContain(story)
        expect(outcomes.get(id)).toBe(story === 'stopped' ? 'unwanted' : 'accepted')
        tally.set(story, (tally.get(story) ?? 0) + 1)
      }
    }),
    { numRuns: 60 },
  )
  // Both happened often: otherwise nothing was tried.
  for (const story of allowed) expect(tally.get(story) ?? 0).toBeGreaterThan(20)
}, 120_000)
