import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import type { Alert } from '#src/alerts/contract-alert.ts'
import { type Act, actOn, cancels, decide, type SeenAlerts, type Way } from './decide.ts'

const origin = 'https://porchlight.example'
const now = Date.parse('2026-11-24T12:00:00Z')
const minutes = (count: number): string => new Date(now + count * 60_000).toISOString()

const word = (change: Partial<Alert> = {}): Alert => ({
  v: 1,
  origin,
  id: '7K3D-9QPT',
  revision: 1,
  kind: 'confirmed',
  activity: 'stop',
  precision: 'corner',
  place: 'Cooper Street & 2nd Avenue',
  areas: [],
  cells: [],
  seenAt: minutes(-20),
  sentAt: minutes(-5),
  expiresAt: minutes(60),
  correction: null,
  drill: false,
  ...change,
})

describe('one word', () => {
  const seen = (revision: number, cancelled: boolean): SeenAlerts => ({
    '7K3D-9QPT': { revision, cancelled, until: now + 1 },
  })
  it.each<[name: string, alert: Partial<Alert>, seen: SeenAlerts, verdict: string]>([
    ['is shown', {}, {}, 'show'],
    ['of another place is shown', { id: 'AAAA-AAAA' }, seen(9, true), 'show'],
    ['a second time is so again', {}, seen(1, false), 'again'],
    ['a second time after its end is known', { expiresAt: minutes(0) }, seen(1, false), 'known'],
    ['older than what was seen is known', { revision: 2 }, seen(3, false), 'known'],
    ['after its cancel is known', { revision: 1 }, seen(2, true), 'known'],
    ['newer is shown', { revision: 2, kind: 'update' }, seen(1, false), 'show'],
    ['a cancel of the same revision is shown', { kind: 'correction' }, seen(1, false), 'show'],
    ['a cancel twice is so again', { kind: 'all-clear' }, seen(1, true), 'again'],
    ['at its end is late', { expiresAt: minutes(0) }, {}, 'late'],
    ['without a time for its end is late', { expiresAt: 'soon' }, {}, 'late'],
    ['of another deployment is foreign', { origin: 'https://porchlight.test' }, {}, 'foreign'],
    ['of a drill is foreign', { drill: true }, {}, 'foreign'],
    ['of a drill of ours is foreign', { drill: true, origin: `${origin}/drills` }, {}, 'foreign'],
    ['of the future is foreign', { sentAt: minutes(11) }, {}, 'foreign'],
    ['of a clock that is a little wrong is shown', { sentAt: minutes(9) }, {}, 'show'],
    ['without a time is foreign', { sentAt: '' }, {}, 'foreign'],
    ['of a form we do not know is foreign', { v: 2 as 1 }, {}, 'foreign'],
  ])('%s', (_name, alert, before, verdict) => {
    expect(decide(word(alert), before, { origin, now }).verdict).toBe(verdict)
  })

  it('of a drill is shown where drills were asked for, and passes for no alert', () => {
    const told = (change: Partial<Alert>) =>
      decide(word(change), {}, { origin, now, drills: true }).verdict
    expect(told({ drill: true, origin: `${origin}/drills` })).toBe('show')
    expect(told({ drill: true })).toBe('foreign')
    expect(told({ origin: `${origin}/drills` })).toBe('foreign')
    expect(told({})).toBe('show')
  })

  it('that is late still keeps what is older from being shown', () => {
    const end = word({ revision: 2, kind: 'all-clear', expiresAt: minutes(-1) })
    const { seen: after } = decide(end, {}, { origin, now })
    expect(decide(word(), after, { origin, now }).verdict).toBe('known')
  })
})

const someWord = fc.record({
  id: fc.constantFrom('AAAA-AAAA', 'BBBB-BBBB'),
  revision: fc.integer({ min: 1, max: 4 }),
  kind: fc.constantFrom<Alert['kind']>('confirmed', 'update', 'all-clear', 'correction'),
})

/** Of two words the higher: by revision, and of one revision the one that cancels. */
const height = ({ revision, kind }: Pick<Alert, 'revision' | 'kind'>): number =>
  revision * 2 + (kind === 'all-clear' || kind === 'correction' ? 1 : 0)

/** What is shown of these words in this order. */
function shownOf(alerts: readonly Alert[]): Alert[] {
  let seen: SeenAlerts = {}
  return alerts.filter((alert) => {
    const decided = decide(alert, seen, { origin, now })
    seen = decided.seen
    return decided.verdict === 'show'
  })
}

it('in every order of arrival each is shown once at most, and the last word holds', () => {
  fc.assert(
    fc.property(fc.array(someWord, { maxLength: 14 }), (arrivals) => {
      const shown = shownOf(arrivals.map((each) => word(each)))
      for (const id of new Set(arrivals.map((each) => each.id))) {
        const heights = shown.filter((each) => each.id === id).map(height)
        expect(heights).toEqual([...new Set(heights)].sort((a, b) => a - b))
        const came = arrivals.filter((each) => each.id === id).map(height)
        expect(heights.at(-1)).toBe(Math.max(...came))
      }
    }),
    { numRuns: 2000 },
  )
})

it('nothing is shown after its end, whatever came before', () => {
  fc.assert(
    fc.property(fc.array(fc.tuple(someWord, fc.integer({ min: -9, max: 9 }))), (arrivals) => {
      const alerts = arrivals.map(([each, ends]) => word({ ...each, expiresAt: minutes(ends) }))
      for (const { expiresAt } of shownOf(alerts))
        expect(Date.parse(expiresAt)).toBeGreaterThan(now)
    }),
  )
})

/** One arrival: which way, which word, how many minutes later than the one before. */
const arrival = fc.record({
  way: fc.constantFrom<Way>('push', 'stream', 'feed'),
  of: someWord,
  later: fc.integer({ min: 0, max: 9 }),
})

interface Done {
  way: Way
  act: Act
  alert: Alert
  at: number
}

/** What a phone does that hears by push, stream and feed, all of them asking one memory. */
function lived(arrivals: readonly { way: Way; of: Partial<Alert>; later: number }[]): Done[] {
  let seen: SeenAlerts = {}
  let at = now
  return arrivals.map(({ way, of, later }) => {
    at += later * 60_000
    // A start ends after twenty minutes; its end is told for a day.
    const ends = cancels({ kind: of.kind ?? 'confirmed' }) ? 1440 : 20
    const alert = word({ ...of, expiresAt: minutes(ends) })
    const knew = Object.hasOwn(seen, alert.id)
    const decided = decide(alert, seen, { origin, now: at })
    seen = decided.seen
    return { way, alert, at, act: actOn(way, alert, { verdict: decided.verdict, knew }) }
  })
}

it('by push, stream and feed in every order a word sounds once, and never after its cancel or its end', () => {
  fc.assert(
    fc.property(fc.array(arrival, { maxLength: 16 }), (arrivals) => {
      const done = lived(arrivals)
      for (const [index, { act, alert, at, way }] of done.entries()) {
        const before = done.slice(0, index).filter(({ alert: each }) => each.id === alert.id)
        const highest = Math.max(0, ...before.map(({ alert: each }) => height(each)))
        const over = Date.parse(alert.expiresAt) <= at
        // What is shown at all has not ended and no later word was here, whichever way that came.
        if (act === 'aloud' || act === 'quietly')
          expect([over, height(alert) >= highest]).toEqual([false, true])
        // A browser demands something for every push, and nothing for what the page hears.
        if (way === 'push') expect(act).not.toBe('nothing')
        else expect(['aloud', 'nothing']).toContain(act)
        const news = height(alert) > highest && !over
        const told = way === 'push' || before.length > 0 || !cancels(alert)
        expect(act === 'aloud').toBe(news && told)
      }
    }),
    { numRuns: 5000 },
  )
})
