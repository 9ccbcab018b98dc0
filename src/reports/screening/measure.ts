import { type Found, identifiersIn } from './screen.ts'

/** One case of the corpus: a text, and what in it identifies somebody. */
export interface Case {
  lang: string
  text: string
  held: { kind: string; text: string }[]
}

export interface Score {
  expected: number
  caught: number
  found: number
  right: number
}

export interface Judged {
  of: Case
  missed: string[]
  wrong: string[]
  /** Of each kind: expected, and caught; of what was found: right. */
  kinds: Map<string, Score>
}

const emptyScore = (): Score => ({ expected: 0, caught: 0, found: 0, right: 0 })

/**
 * Judges one case. Caught is what is held back to its last letter and digit, under whatever kind; right
 * is what was held back and overlaps something that identifies.
 */
export function judge(of: Case): Judged {
  const { found } = identifiersIn(of.text)
  const kinds = new Map<string, Score>()
  const score = (kind: string): Score => {
    const known = kinds.get(kind) ?? emptyScore()
    kinds.set(kind, known)
    return known
  }
  const places = of.held.map(({ text }) => placeOf(of.text, text))
  const missed = of.held.filter(({ kind }, i) => {
    const caught = isCovered(of.text, places[i] as [number, number], found)
    score(kind).expected++
    score(kind).caught += caught ? 1 : 0
    return !caught
  })
  const wrong = found.filter(({ kind, start, end }) => {
    const right = places.some(([from, to]) => start < to && end > from)
    score(kind).found++
    score(kind).right += right ? 1 : 0
    return !right
  })
  return {
    of,
    missed: missed.map(({ kind, text }) => `${kind}:${text}`),
    wrong: wrong.map(({ kind, start, end }) => `${kind}:${of.text.slice(start, end)}`),
    kinds,
  }
}

function placeOf(text: string, part: string): [number, number] {
  const start = text.indexOf(part)
  if (start < 0) throw new Error(`the case says "${part}", which its text does not hold: ${text}`)
  return [start, start + part.length]
}

function isCovered(text: string, [from, to]: [number, number], found: readonly Found[]): boolean {
  for (let at = from; at < to; at++)
    if (/[\p{L}\p{N}]/u.test(text[at] ?? '') && !found.some((f) => at >= f.start && at < f.end))
      return false
  return true
}

/** The sums of several scores. */
export function sumOf(scores: Iterable<Score>): Score {
  const sum = emptyScore()
  for (const score of scores)
    for (const key of Object.keys(sum) as (keyof Score)[]) sum[key] += score[key]
  return sum
}

export const recallOf = ({ expected, caught }: Score): number =>
  expected === 0 ? 1 : caught / expected
export const precisionOf = ({ found, right }: Score): number => (found === 0 ? 1 : right / found)

/** A row a kind and a row a language, and everything together. */
export function tableOf(judged: readonly Judged[]): Record<string, Score> {
  const rows: Record<string, Score> = {}
  const kinds = new Set(judged.flatMap((one) => [...one.kinds.keys()]))
  for (const kind of kinds) rows[kind] = sumOf(judged.flatMap((one) => one.kinds.get(kind) ?? []))
  for (const lang of new Set(judged.map((one) => one.of.lang)))
    rows[lang] = sumOf(
      judged.filter((one) => one.of.lang === lang).flatMap((one) => [...one.kinds.values()]),
    )
  rows.all = sumOf(judged.flatMap((one) => [...one.kinds.values()]))
  return rows
}
