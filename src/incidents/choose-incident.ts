import type { LinkFacts } from './features.ts'
import { linkProbability } from './score-link.ts'

/** A report that is in an incident. */
export interface Linked {
  incidentId: string
  facts: LinkFacts
}

/** An incident a report may belong to, with the report of it that is most like it. */
export interface Match<T extends Linked> {
  incidentId: string
  probability: number
  nearest: T
}

/** How much the likest report of an incident counts, beside all of them. */
const likestShare = 0.5

/**
 * The incidents of these reports, likeliest first. The likest report of an incident counts half and
 * all of its reports the other half: else a chain of reports, each a little like the next, would
 * make one incident of a whole evening.
 */
export function matchesOf<T extends Linked>(
  facts: LinkFacts,
  candidates: readonly T[],
  probability: (a: LinkFacts, b: LinkFacts) => number = linkProbability,
): Match<T>[] {
  const incidents = new Map<string, { sum: number; count: number; best: number; nearest: T }>()
  for (const candidate of candidates) {
    const likely = probability(facts, candidate.facts)
    const known = incidents.get(candidate.incidentId)
    const better = !known || likely > known.best
    incidents.set(candidate.incidentId, {
      sum: (known?.sum ?? 0) + likely,
      count: (known?.count ?? 0) + 1,
      best: better ? likely : known.best,
      nearest: better ? candidate : known.nearest,
    })
  }
  return [...incidents]
    .map(([incidentId, { sum, count, best, nearest }]) => ({
      incidentId,
      probability: likestShare * best + (1 - likestShare) * (sum / count),
      nearest,
    }))
    .sort((a, b) => b.probability - a.probability)
}
