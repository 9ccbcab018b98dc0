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

interface Tally<T> {
  sum: number
  count: number
  best: number
  nearest: T
}

function add<T>(tally: Tally<T>, likely: number, candidate: T): void {
  tally.sum += likely
  tally.count++
  if (likely <= tally.best) return
  tally.best = likely
  tally.nearest = candidate
}

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
  const incidents = new Map<string, Tally<T>>()
  for (const candidate of candidates) {
    const likely = probability(facts, candidate.facts)
    const tally = incidents.get(candidate.incidentId)
    if (!tally)
      incidents.set(candidate.incidentId, {
        sum: likely,
        count: 1,
        best: likely,
        nearest: candidate,
      })
    else add(tally, likely, candidate)
  }
  return [...incidents]
    .map(([incidentId, { sum, count, best, nearest }]) => ({
      incidentId,
      probability: likestShare * best + (1 - likestShare) * (sum / count),
      nearest,
    }))
    .sort((a, b) => b.probability - a.probability)
}
