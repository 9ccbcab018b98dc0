import { distanceMetres } from '../kernel/geo.ts'
import type { Reason } from './contract.ts'
import { type Fingerprint, sharedWords, similarity } from './similarity.ts'

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

export interface LinkScore {
  /** How likely the two are of one event, 0 to 1. */
  probability: number
  reasons: Reason[]
}

/** At or above `join` a report joins by itself; from `propose` a person is asked. */
export const thresholds = { join: 0.8, propose: 0.35 } as const

/** Two accounts of one event, drawn at random from what is near: about one in six. */
const priorLogOdds = -1.6

/**
 * How likely two accounts are of one event: log odds of place, time, activity and words, each with
 * its reason, so that a person can check the sum.
 */
export function scoreLink(a: LinkFacts, b: LinkFacts): LinkScore {
  const parts = [
    placeOdds(a, b),
    timeOdds(a, b),
    activityOdds(a, b),
    textOdds(a, b),
    sizeOdds(a, b),
  ]
  const odds = parts.reduce((sum, part) => sum + (part?.odds ?? 0), priorLogOdds)
  return {
    probability: Math.round((1 / (1 + Math.exp(-odds))) * 1000) / 1000,
    reasons: parts.flatMap((part) => (part ? [part.reason] : [])),
  }
}

type Part = { odds: number; reason: Reason } | null

/** People stand about a block from where they say they are. */
const blockMetres = 120

function placeOdds(a: LinkFacts, b: LinkFacts): Part {
  if (a.lat === null || a.lon === null || b.lat === null || b.lon === null)
    return { odds: -1.5, reason: { kind: 'no-place' } }
  const metres = distanceMetres({ lat: a.lat, lon: a.lon }, { lat: b.lat, lon: b.lon })
  const spread = Math.hypot(
    a.uncertaintyMetres ?? blockMetres,
    b.uncertaintyMetres ?? blockMetres,
    blockMetres,
  )
  const odds = Math.max(-6, 2.4 - 0.6 * (metres / spread) ** 2)
  // A very uncertain place that agrees proves less.
  const weight = Math.min(1, (2 * blockMetres) / spread)
  return {
    odds: odds > 0 ? odds * weight : odds,
    reason: { kind: 'distance', metres: Math.round(metres) },
  }
}

/** One event lasts about this long. */
const eventMinutes = 60

function timeOdds(a: LinkFacts, b: LinkFacts): Part {
  if (!a.observedAt || !b.observedAt) return { odds: -0.5, reason: { kind: 'no-time' } }
  const minutes = Math.abs(a.observedAt.getTime() - b.observedAt.getTime()) / 60_000
  const spread = Math.hypot(a.timeUncertaintyMinutes, b.timeUncertaintyMinutes, eventMinutes)
  const odds = Math.max(-6, 1.6 - 0.7 * (minutes / spread) ** 2)
  const weight = Math.min(1, (3 * eventMinutes) / spread)
  return {
    odds: odds > 0 ? odds * weight : odds,
    reason: { kind: 'time', minutes: Math.round(minutes) },
  }
}

/** Activities that one event is often called by different people. */
const alike: readonly (readonly string[])[] = [
  ['arrest', 'raid', 'stop', 'door-knock'],
  ['stakeout', 'patrol', 'checkpoint', 'stop'],
]

function activityOdds(a: LinkFacts, b: LinkFacts): Part {
  if (a.activity === 'other' || b.activity === 'other') return null
  const same = a.activity === b.activity
  const near = alike.some((group) => group.includes(a.activity) && group.includes(b.activity))
  return { odds: same ? 0.6 : near ? 0.1 : -0.8, reason: { kind: 'activity', same } }
}

function textOdds(a: LinkFacts, b: LinkFacts): Part {
  if (!a.text || !b.text || a.text.words.size < 3 || b.text.words.size < 3) return null
  const value = similarity(a.text, b.text)
  const shared = sharedWords(a.text, b.text)
  if (value < 0.15) return null
  return {
    odds: 5 * (value - 0.15),
    reason: { kind: 'words', shared, similarity: Math.round(value * 100) / 100 },
  }
}

function sizeOdds(a: LinkFacts, b: LinkFacts): Part {
  const [m, n] = [Number(a.size), Number(b.size)]
  if (!a.size || !b.size || Number.isNaN(m) || Number.isNaN(n)) return null
  const same = Math.abs(m - n) <= Math.max(1, 0.25 * Math.max(m, n))
  return { odds: same ? 0.3 : -0.4, reason: { kind: 'size', same } }
}
