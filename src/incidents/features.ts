import { distanceMetres } from '../kernel/geo.ts'
import type { Fingerprint } from './fingerprint.ts'
import {
  conceptSimilarity,
  gramSimilarity,
  nameSimilarity,
  numberAgreement,
  phraseSimilarity,
} from './similarity.ts'

/** What linking looks at in a report. */
export interface LinkFacts {
  lat: number | null
  lon: number | null
  uncertaintyMetres: number | null
  observedAt: Date | null
  timeUncertaintyMinutes: number
  activity: string
  size: string | null
  text: Fingerprint | null
}

/** People stand about a block from where they say they are. */
const blockMetres = 120
/** One event lasts about this long. */
const eventMinutes = 60

/** Metres between two reports; null where a place is not known. */
export const metresApart = (a: LinkFacts, b: LinkFacts): number | null =>
  a.lat === null || a.lon === null || b.lat === null || b.lon === null
    ? null
    : distanceMetres({ lat: a.lat, lon: a.lon }, { lat: b.lat, lon: b.lon })

/** Minutes between two reports; null where a time is not known. */
export const minutesApart = (a: LinkFacts, b: LinkFacts): number | null =>
  a.observedAt && b.observedAt
    ? Math.abs(a.observedAt.getTime() - b.observedAt.getTime()) / 60_000
    : null

/** Activities that one event is often called by different people. */
const alike: readonly (readonly string[])[] = [
  ['arrest', 'raid', 'stop', 'door-knock'],
  ['stakeout', 'patrol', 'checkpoint', 'stop'],
]

/** 1 the same activity, -1 two that do not go together, 0 where nothing can be said. */
export function activityAgreement(a: LinkFacts, b: LinkFacts): number {
  if (a.activity === 'other' || b.activity === 'other') return 0
  if (a.activity === b.activity) return 1
  return alike.some((group) => group.includes(a.activity) && group.includes(b.activity)) ? 0 : -1
}

/** How many agents a report counts, in its own field or in its words. */
const agentsOf = ({ size, text }: LinkFacts): number | null => {
  const given = Number(size)
  return size && given > 0 ? given : (text?.agents ?? null)
}

/** 1 the same number of agents, -1 twice as many or more, 0 where one does not say. */
export function sizeAgreement(a: LinkFacts, b: LinkFacts): number {
  const [m, n] = [agentsOf(a), agentsOf(b)]
  return m === null || n === null ? 0 : 1 - 2 * Math.min(1, Math.abs(Math.log2(m / n)))
}

/** Names of the features, in the order of `features` and of the model's weights. */
export const featureNames = [
  'near',
  'far',
  'placeUnknown',
  'soon',
  'late',
  'timeVague',
  'together',
  'postedTogether',
  'activity',
  'oneLanguage',
  'letters',
  'phrases',
  'twoLanguages',
  'concepts',
  'names',
  'numbers',
  'size',
] as const

/** What of a pair speaks for one event, as numbers: place, time, activity, words, size. */
export function features(a: LinkFacts, b: LinkFacts): number[] {
  const [near, far, placeUnknown] = placeFeatures(a, b)
  const [soon, late, timeVague, postedSoon] = timeFeatures(a, b)
  return [
    near,
    far,
    placeUnknown,
    soon,
    late,
    timeVague,
    near * soon,
    near * postedSoon,
    activityAgreement(a, b),
    ...textFeatures(a.text, b.text),
    sizeAgreement(a, b),
  ]
}

function placeFeatures(a: LinkFacts, b: LinkFacts): [near: number, far: number, unknown: number] {
  const metres = metresApart(a, b)
  if (metres === null) return [0, 0, 1]
  const spread = Math.hypot(
    a.uncertaintyMetres ?? blockMetres,
    b.uncertaintyMetres ?? blockMetres,
    blockMetres,
  )
  // A very uncertain place that agrees proves less.
  const proof = Math.min(1, (2 * blockMetres) / spread)
  const ratio = metres / spread
  return [proof * Math.exp(-(ratio ** 2) / 2), Math.log1p(ratio), 0]
}

type TimeFeatures = [soon: number, late: number, vague: number, postedSoon: number]

function timeFeatures(a: LinkFacts, b: LinkFacts): TimeFeatures {
  const minutes = minutesApart(a, b)
  if (minutes === null) return [0, 0, 1, 0]
  const spread = Math.hypot(a.timeUncertaintyMinutes, b.timeUncertaintyMinutes, eventMinutes)
  const proof = Math.min(1, (2 * eventMinutes) / spread)
  const ratio = minutes / spread
  // Where only the time of posting is known, two posts soon after each other still say something;
  // one and the same time does not: it is a date without a time, or a batch.
  const postedSoon = minutes === 0 ? 0 : (1 - proof) * Math.exp(-minutes / eventMinutes)
  return [proof * Math.exp(-(ratio ** 2) / 2), Math.log1p(ratio), 1 - proof, postedSoon]
}

/** Fewer concepts and names than this are no text to speak of. */
const leastSaid = 3

type TextFeatures = [
  oneLanguage: number,
  letters: number,
  phrases: number,
  twoLanguages: number,
  concepts: number,
  names: number,
  numbers: number,
]

function textFeatures(a: Fingerprint | null, b: Fingerprint | null): TextFeatures {
  if (!a || !b || said(a) < leastSaid || said(b) < leastSaid) return [0, 0, 0, 0, 0, 0, 0]
  const different = a.language !== null && b.language !== null && a.language !== b.language
  return [
    different ? 0 : 1,
    different ? 0 : gramSimilarity(a, b),
    phraseSimilarity(a, b),
    different ? 1 : 0,
    conceptSimilarity(a, b),
    nameSimilarity(a, b),
    numberAgreement(a, b),
  ]
}

const said = ({ concepts, names }: Fingerprint): number => concepts.length + names.length
