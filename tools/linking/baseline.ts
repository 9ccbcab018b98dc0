import { type LinkFacts, metresApart, minutesApart } from '../../src/incidents/features.ts'
import type { Item } from './dataset.ts'
import { grouped } from './groups.ts'
import { pairFigures } from './measures.ts'
import type { Example } from './variants.ts'

/** How near in space and time DBSCAN takes two reports for neighbours. */
export interface Reach {
  metres: number
  minutes: number
}

const reaches: Reach[] = [100, 200, 300, 500, 1000].flatMap((metres) =>
  [15, 30, 60, 120, 360, 1440].map((minutes) => ({ metres, minutes })),
)

/** The reach that does best on these examples: DBSCAN gets the help it can have. */
export function tunedReach(train: readonly Example[]): Reach {
  const scored = reaches.map((reach) => ({
    reach,
    f1: pairFigures(train.map(({ a, b, same }) => ({ same, called: dbscanCalls(reach, a, b) }))).f1,
  }))
  return scored.reduce((best, each) => (each.f1 > best.f1 ? each : best)).reach
}

/** Whether the two are neighbours. One without a place or a time is nobody's neighbour. */
export function dbscanCalls({ metres, minutes }: Reach, a: LinkFacts, b: LinkFacts): boolean {
  const [away, later] = [metresApart(a, b), minutesApart(a, b)]
  return away !== null && later !== null && away <= metres && later <= minutes
}

/** The groups that neighbours of neighbours make (DBSCAN with two points to a group). */
export const dbscanGroups = (reach: Reach, items: readonly Item[]): string[] =>
  grouped(items, (a, b) => dbscanCalls(reach, a.facts, b.facts))
