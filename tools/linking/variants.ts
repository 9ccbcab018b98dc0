import type { LinkFacts } from '../../src/incidents/features.ts'
import { fingerprint } from '../../src/incidents/fingerprint.ts'
import { metresPerDegree } from '../../src/kernel/geo.ts'
import { activities } from '../../src/reports/contract.ts'
import type { LabelledPair } from './dataset.ts'

/** A pair as the linker might meet it, and what it truly is. */
export interface Example {
  a: LinkFacts
  b: LinkFacts
  same: boolean
  group: string
  source: string
  /** As labelled, or how it was made harder. */
  variant: string
}

/** The same numbers every time (mulberry32), so that the figures can be made again. */
export function randomNumbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

type Change = (facts: LinkFacts, random: () => number) => LinkFacts

/** Moved by so many metres and minutes, within these bounds. */
const moved =
  (metres: [number, number], minutes: [number, number]): Change =>
  (facts, random) => {
    const between = ([from, to]: [number, number]) => from + random() * (to - from)
    const [angle, away, later] = [random() * 2 * Math.PI, between(metres), between(minutes)]
    const { lat, lon } = facts
    const scale = metresPerDegree(lat ?? 0)
    const sign = random() < 0.5 ? -1 : 1
    return {
      ...facts,
      lat: lat === null ? null : lat + (Math.sin(angle) * away) / scale.lat,
      lon: lon === null ? null : lon + (Math.cos(angle) * away) / scale.lon,
      observedAt: facts.observedAt && new Date(facts.observedAt.getTime() + sign * later * 60_000),
    }
  }

const noPlace: Change = (facts) => ({ ...facts, lat: null, lon: null })
const noTime: Change = (facts) => ({ ...facts, observedAt: null })
const noText: Change = (facts) => ({ ...facts, text: null })
/** Two people do not always call one event the same. */
const otherActivity: Change = (facts, random) =>
  random() < 0.5
    ? facts
    : { ...facts, activity: activities[Math.floor(random() * activities.length)] ?? 'other' }
const near = moved([0, 150], [0, 20])
const jitter = moved([50, 400], [0, 60])
const both =
  (...changes: Change[]): Change =>
  (facts, random) =>
    changes.reduce((sum, change) => change(sum, random), facts)

/** The account as another hurried hand would type it: a third of the words left out, some misspelt. */
function retold(description: string, random: () => number): LinkFacts['text'] {
  const words = description.split(/\s+/).filter(() => random() > 0.33)
  const misspelt = words.map((word) => {
    const at = 1 + Math.floor(random() * (word.length - 2))
    return word.length > 4 && random() < 0.2 ? word.slice(0, at) + word.slice(at + 1) : word
  })
  return fingerprint(misspelt.join(' '))
}

/** A twin has one place and time: these are what two people would have sent. */
const harder: Record<string, Change> = {
  jitter,
  'jitter, other activity': both(jitter, otherActivity),
  'jitter, no place': both(jitter, otherActivity, noPlace),
  'jitter, no time': both(jitter, otherActivity, noTime),
  'near, no text': both(near, otherActivity, noText),
}

/** Every pair as labelled, and each true one in its harder variants. */
export function examplesOf(pairs: readonly LabelledPair[], seed: number): Example[] {
  const random = randomNumbers(seed)
  return [...labelled(pairs, random), ...crossed(pairs, random)]
}

function labelled(pairs: readonly LabelledPair[], random: () => number): Example[] {
  return pairs.flatMap(({ a, b, same, group, source }) => {
    const as = (variant: string, second: LinkFacts, first = a.facts): Example => ({
      a: first,
      b: second,
      same,
      group,
      source,
      variant,
    })
    const whole = as('as labelled', b.facts)
    if (same && source === 'sightings')
      return [
        whole,
        as('jitter, retold', { ...jitter(b.facts, random), text: retold(a.description, random) }),
        ...Object.entries(harder).map(([name, change]) => as(name, change(b.facts, random))),
      ]
    return same || source === '2020pb' ? [whole, as('no place', noPlace(b.facts, random))] : [whole]
  })
}

/** Folds of the cross-validation. */
export const folds = 5

/** The fold of an event: by its name, so that it stays when labels are added. */
export const foldOf = (group: string): number =>
  [...group].reduce((sum, letter) => (sum * 31 + letter.charCodeAt(0)) >>> 0, 7) % folds

/** Two events of one fold put near each other: two teams at work in one neighbourhood. */
function crossed(pairs: readonly LabelledPair[], random: () => number): Example[] {
  const first = new Map<string, LabelledPair>()
  for (const pair of pairs)
    if (pair.source === 'sightings' && !first.has(pair.group)) first.set(pair.group, pair)
  const all = [...first.values()]
  return Array.from({ length: folds }, (_, fold) =>
    all.filter(({ group }) => foldOf(group) === fold),
  ).flatMap((events) => crossedIn(events, random))
}

/** What puts another event so near that only words, or a little distance, tell them apart. */
const others: Record<string, Change> = {
  'another event near': moved([150, 900], [20, 240]),
  'another event there, later': moved([0, 100], [180, 700]),
  'another event near, no text': both(moved([250, 900], [30, 240]), noText),
  'another event there, later, no text': both(moved([0, 100], [180, 700]), noText),
  'another event far off, same time': moved([900, 1600], [0, 30]),
  'another event far off, same time, no text': both(moved([700, 1600], [0, 30]), noText),
  'another event, no place': both(moved([0, 0], [0, 60]), noPlace),
  'another event, no place, no text': both(moved([0, 0], [0, 60]), noPlace, noText),
  'another event near, no time': both(moved([150, 900], [0, 0]), noTime),
  'another event near, no time, no text': both(moved([0, 900], [0, 0]), noTime, noText),
}

const crossedIn = (events: readonly LabelledPair[], random: () => number): Example[] =>
  events.flatMap((event, i) =>
    Object.entries(others).map(([variant, change], step) => {
      const other = events[(i + step + 1) % events.length] as LabelledPair
      const { lat, lon, observedAt, timeUncertaintyMinutes } = event.a.facts
      const facts = { ...other.b.facts, lat, lon, observedAt, timeUncertaintyMinutes }
      return {
        a: event.a.facts,
        b: change(facts, random),
        same: false,
        group: event.group,
        source: 'sightings',
        variant,
      }
    }),
  )
