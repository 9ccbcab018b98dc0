import { EXTRA, nameWeights } from './search/name-index.ts'
import type { Token } from './search/normalise.ts'
import type { Column } from './search/packed.ts'

/** Gathers names as numbers of words, and writes them as the columns of a NameRows table. */
export class NameRowsBuilder {
  private readonly target: number[] = []
  private readonly lengths: number[] = []
  private readonly words: number[] = []
  private readonly weights: number[] = []
  private readonly penalty: number[] = []
  private readonly numbers: Map<string, number>

  /** `numbers` is shared by all tables of a city and grows by every new word. */
  constructor(numbers: Map<string, number>) {
    this.numbers = numbers
  }

  /** Adds a name of `target` (its number elsewhere). `penalty` is taken off its score: aliases, lesser kinds. */
  add(target: number, name: Token[], extras: string[] = [], penalty = 0): void {
    const words = [...name.map((token) => token.text), ...extras]
    this.target.push(target)
    this.lengths.push(words.length)
    this.words.push(...words.map((word) => this.numberOf(word)))
    this.weights.push(
      ...[...nameWeights(name), ...extras.map(() => EXTRA)].map((weight) =>
        Math.round(100 * weight),
      ),
    )
    this.penalty.push(Math.round(100 * penalty))
  }

  /** Columns of the table, with the words' numbers as `renumbered` says. */
  columns(table: string, renumbered: ReadonlyMap<number, number>): Record<string, Column> {
    const lists = {
      target: this.target,
      lengths: this.lengths,
      words: this.words.map((word) => renumbered.get(word) as number),
      weights: this.weights,
      penalty: this.penalty,
    }
    return Object.fromEntries(
      Object.entries(lists).map(([name, list]) => [`${table}.${name}`, Int32Array.from(list)]),
    )
  }

  private numberOf(word: string): number {
    const known = this.numbers.get(word)
    if (known !== undefined) return known
    this.numbers.set(word, this.numbers.size)
    return this.numbers.size - 1
  }
}
