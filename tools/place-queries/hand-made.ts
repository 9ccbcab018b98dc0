import type { Gold, Target } from './gold.ts'
import list from './hand-made.json' with { type: 'json' }
import type { Query } from './query.ts'

/** Language -> what a person types -> the beginning of the ids that answer it, parted by spaces. */
const asked: Record<string, Record<string, string>> = list

/** Queries written by hand as neighbours of each language type them. Throws when an answer is in no data. */
export function handMade(gold: Gold): Query[] {
  const rows: Target[] = [...gold.corners, ...gold.streets, ...gold.named]
  return Object.entries(asked).flatMap(([lang, queries]) =>
    Object.entries(queries).map(([text, starts]): Query => {
      const wanted = starts.split(' ')
      const right = rows.filter(({ id }) => wanted.some((start) => id.startsWith(start)))
      if (right.length === 0) throw new Error(`No place has an id that begins with ${starts}.`)
      return { kind: `by hand ${lang}`, text, lang, gold: right }
    }),
  )
}
