// Counting hits.
import { distanceMetres } from '../../src/kernel/geo.ts'
import type { Target } from './gold.ts'
import type { Query } from './query.ts'

/** Within this of a right answer is right: the same crossing under another name. */
const SAME_SPOT_METRES = 60

/** Answers to a query, best first, at most five of them are looked at. */
export type Finder = (query: Query) => readonly Target[] | Promise<readonly Target[]>

export interface Tally {
  kind: string
  queries: number
  /** Shares, 0 to 1. */
  hitAt1: number
  hitAt5: number
}

/** Asks every query; one line a kind, and `all` at the end. `missed` is told each query whose first answer is wrong. */
export async function tally(
  queries: readonly Query[],
  find: Finder,
  missed: (query: Query, answers: readonly Target[], place: number) => void = () => {},
): Promise<Tally[]> {
  const counts = new Map<string, { queries: number; first: number; five: number }>()
  for (const query of queries) {
    const answers = (await find(query)).slice(0, 5)
    const place = answers.findIndex((answer) => query.gold.some((gold) => isHit(answer, gold)))
    if (place !== 0) missed(query, answers, place)
    for (const kind of [query.kind, 'all']) {
      const count = counts.get(kind) ?? { queries: 0, first: 0, five: 0 }
      counts.set(kind, count)
      count.queries++
      if (place === 0) count.first++
      if (place >= 0) count.five++
    }
  }
  const line = ([kind, { queries, first, five }]: [
    string,
    { queries: number; first: number; five: number },
  ]): Tally => ({
    kind,
    queries,
    hitAt1: first / queries,
    hitAt5: five / queries,
  })
  return [...counts].sort(([a], [b]) => Number(a === 'all') - Number(b === 'all')).map(line)
}

const isHit = (answer: Target, gold: Target): boolean =>
  answer.id === gold.id || distanceMetres(answer, gold) <= SAME_SPOT_METRES
