import type { Reason } from './contract.ts'
import {
  activityAgreement,
  featureNames,
  features,
  type LinkFacts,
  metresApart,
  minutesApart,
  sizeAgreement,
} from './features.ts'
import model from './model.json' with { type: 'json' }
import { conceptSimilarity, gramSimilarity, sharedConcepts, sharedNames } from './similarity.ts'

/** At or above `join` a report joins by itself; from `propose` a person is asked. */
export const thresholds: { join: number; propose: number } = model.thresholds

const trained: Record<string, number> = model.weights
const weights = featureNames.map((name) => trained[name] ?? 0)

/**
 * How likely two accounts are of one event, as learned from labelled pairs (docs/linking.md). The
 * same whichever came first.
 */
export function linkProbability(a: LinkFacts, b: LinkFacts): number {
  const odds = features(a, b).reduce(
    (sum, value, i) => sum + value * (weights[i] as number),
    model.bias,
  )
  return Math.round((1 / (1 + Math.exp(-odds))) * 1000) / 1000
}

/** What speaks for and against it, so that a person can check it. */
export const reasonsFor = (a: LinkFacts, b: LinkFacts): Reason[] => [
  placeReason(a, b),
  timeReason(a, b),
  ...restReasons(a, b),
]

function placeReason(a: LinkFacts, b: LinkFacts): Reason {
  const metres = metresApart(a, b)
  return metres === null ? { kind: 'no-place' } : { kind: 'distance', metres: Math.round(metres) }
}

function timeReason(a: LinkFacts, b: LinkFacts): Reason {
  const minutes = minutesApart(a, b)
  return minutes === null ? { kind: 'no-time' } : { kind: 'time', minutes: Math.round(minutes) }
}

/** Letters or concepts this alike are worth a word, even where no single thing is shared. */
const worthSaying = 0.3

function restReasons(a: LinkFacts, b: LinkFacts): Reason[] {
  const reasons: Reason[] = []
  const activity = activityAgreement(a, b)
  if (activity !== 0) reasons.push({ kind: 'activity', same: activity > 0 })
  if (a.text && b.text) {
    const shared = [...sharedConcepts(a.text, b.text), ...sharedNames(a.text, b.text)].slice(0, 4)
    const similarity = Math.max(gramSimilarity(a.text, b.text), conceptSimilarity(a.text, b.text))
    if (shared.length > 0 || similarity >= worthSaying)
      reasons.push({ kind: 'words', shared, similarity: Math.round(similarity * 100) / 100 })
  }
  const size = sizeAgreement(a, b)
  if (size !== 0) reasons.push({ kind: 'size', same: size > 0 })
  return reasons
}
