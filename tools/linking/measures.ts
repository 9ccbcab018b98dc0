/** How well pairs were told apart. */
export interface PairFigures {
  precision: number
  recall: number
  f1: number
}

/** Precision, recall and F1 of what was called the same. */
export function pairFigures(rows: readonly { same: boolean; called: boolean }[]): PairFigures {
  const count = (same: boolean, called: boolean) =>
    rows.filter((row) => row.same === same && row.called === called).length
  const [hits, wrong, missed] = [count(true, true), count(false, true), count(true, false)]
  const precision = hits / Math.max(1, hits + wrong)
  const recall = hits / Math.max(1, hits + missed)
  return { precision, recall, f1: (2 * precision * recall) / Math.max(1e-9, precision + recall) }
}

const pairsOf = (n: number): number => (n * (n - 1)) / 2

const counted = (labels: readonly string[]): number[] => {
  const counts = new Map<string, number>()
  for (const label of labels) counts.set(label, (counts.get(label) ?? 0) + 1)
  return [...counts.values()]
}

/**
 * Adjusted Rand index of two groupings of the same things (Hubert and Arabie 1985): 1 the same
 * groups, 0 no better than chance.
 */
export function adjustedRand(truth: readonly string[], found: readonly string[]): number {
  const sum = (counts: readonly number[]) => counts.reduce((all, n) => all + pairsOf(n), 0)
  const together = sum(counted(truth.map((label, i) => `${label}\n${found[i]}`)))
  const [a, b] = [sum(counted(truth)), sum(counted(found))]
  const expected = (a * b) / pairsOf(truth.length)
  const most = (a + b) / 2
  return most === expected ? 1 : (together - expected) / (most - expected)
}

/** Mean square of how wrong the probabilities were; 0.25 is what a coin would get. */
export const brier = (rows: readonly { same: boolean; probability: number }[]): number =>
  rows.reduce((sum, { same, probability }) => sum + (probability - (same ? 1 : 0)) ** 2, 0) /
  rows.length

/** For each tenth of probability: how many pairs, what was said, what was true. */
export function reliability(rows: readonly { same: boolean; probability: number }[]) {
  return Array.from({ length: 10 }, (_, bin) => {
    const within = rows.filter(({ probability: p }) => Math.min(9, Math.floor(p * 10)) === bin)
    const mean = (values: readonly number[]) =>
      values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length)
    return {
      from: bin / 10,
      pairs: within.length,
      said: mean(within.map(({ probability }) => probability)),
      true: mean(within.map(({ same }) => (same ? 1 : 0))),
    }
  })
}
