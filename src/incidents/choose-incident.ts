import type { LinkFacts } from './features.ts'
import { linkProbability } from './score-link.ts'

/** A report that is in an incident. */
export interface Linked {
  incidentId: string
  facts: LinkFacts
}

/** An incident a report may belong to, by the report of it that is most like it. */
export interface Match<T extends Linked> {
  incidentId: string
  probability: number
  nearest: T
}

/** The incidents of these reports, likeliest first. An incident scores as its likest report. */
export function matchesOf<T extends Linked>(
  facts: LinkFacts,
  candidates: readonly T[],
  probability: (a: LinkFacts, b: LinkFacts) => number = linkProbability,
): Match<T>[] {
  const best = new Map<string, Match<T>>()
  for (const candidate of candidates) {
    const { incidentId } = candidate
    const likely = probability(facts, candidate.facts)
    const known = best.get(incidentId)
    if (!known || likely > known.probability)
      best.set(incidentId, { incidentId, probability: likely, nearest: candidate })
  }
  return [...best.values()].sort((a, b) => b.probability - a.probability)
}
