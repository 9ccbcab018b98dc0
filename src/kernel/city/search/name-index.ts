// Finds the names that hold all the telling words of a phrase, in any order, and says how well they fit.
import type { Token, WordClass } from './normalise.ts'
import { type NameRows, startsOf } from './tables.ts'

/** A word of a query with the vocabulary words it may stand for (word number -> likeness). */
export interface SpanWord {
  token: Token
  meanings: ReadonlyMap<number, number>
}

const WEIGHT: Record<WordClass, number> = { core: 1, type: 0.3, direction: 0.35, kind: 0.3 }
/** Lines of a station and the word for its kind: found when typed, not missed when not. */
export const EXTRA = 0
const EXTRA_WEIGHT = 0.6
/** A word of the query that the name lacks. A lacking core word rules the name out. */
const LACKS: Record<WordClass, number> = { core: 1, type: 0.2, direction: 0.25, kind: 0.2 }
const MOST_CANDIDATES = 4000

export class NameIndex {
  private readonly names: NameRows
  private readonly postingsFrom: Int32Array
  private readonly postings: Int32Array
  private used = new Uint8Array(16)

  /** Turns names around: which names hold a word. */
  constructor(names: NameRows, words: number) {
    this.names = names
    const lengths = new Int32Array(words)
    for (const word of names.words) lengths[word] = (lengths[word] as number) + 1
    this.postingsFrom = startsOf(lengths)
    this.postings = new Int32Array(names.words.length)
    const next = this.postingsFrom.slice()
    for (let name = 0; name < names.target.length; name++) {
      for (
        let i = names.wordsFrom[name] as number;
        i < (names.wordsFrom[name + 1] as number);
        i++
      ) {
        const word = names.words[i] as number
        const at = next[word] as number
        this.postings[at] = name
        next[word] = at + 1
      }
    }
  }

  /** Target -> score (over 0, up to 1) of every name that fits the words. */
  match(span: readonly SpanWord[]): Map<number, number> {
    const scores = new Map<number, number>()
    const { target, penalty } = this.names
    for (const name of this.candidates(span)) {
      const score = this.fitOf(span, name) - (penalty[name] as number) / 100
      const of = target[name] as number
      if (score > 0 && score > (scores.get(of) ?? 0)) scores.set(of, score)
    }
    return scores
  }

  /** Names that hold the rarest telling word; a name that lacks it cannot fit. */
  private candidates(span: readonly SpanWord[]): Iterable<number> {
    const core = span.filter((word) => word.token.wordClass === 'core')
    let rarest: ReadonlyMap<number, number> = new Map()
    let fewest = Infinity
    for (const { meanings } of core.length > 0 ? core : span) {
      let size = 0
      for (const word of meanings.keys()) size += this.countOf(word)
      if (size < fewest) [rarest, fewest] = [meanings, size]
    }
    const found = new Set<number>()
    for (const word of rarest.keys()) {
      const end = this.postingsFrom[word + 1] as number
      for (let i = this.postingsFrom[word] as number; i < end; i++)
        found.add(this.postings[i] as number)
      if (found.size > MOST_CANDIDATES) break
    }
    return found
  }

  private countOf(word: number): number {
    return (this.postingsFrom[word + 1] as number) - (this.postingsFrom[word] as number)
  }

  private fitOf(span: readonly SpanWord[], name: number): number {
    const from = this.names.wordsFrom[name] as number
    const length = (this.names.wordsFrom[name + 1] as number) - from
    if (length > this.used.length) this.used = new Uint8Array(2 * length)
    this.used.fill(0, 0, length)
    let likeness = 0
    let total = 0
    let lacking = 0
    let carried = false
    for (const { token, meanings } of span) {
      const at = this.bestWord(meanings, from, length)
      if (at < 0) {
        if (token.wordClass === 'core') return 0
        lacking += LACKS[token.wordClass]
        continue
      }
      this.used[at] = 1
      const own = (this.names.weights[from + at] as number) / 100
      carried ||= own >= 1 || own === EXTRA
      likeness +=
        (meanings.get(this.names.words[from + at] as number) as number) * (own || EXTRA_WEIGHT)
      total += own || EXTRA_WEIGHT
    }
    if (total === 0 || !carried) return 0
    return (likeness / total) * this.completeness(from, length) - lacking
  }

  private bestWord(meanings: ReadonlyMap<number, number>, from: number, length: number): number {
    let at = -1
    let best = 0
    for (let i = 0; i < length; i++) {
      const likeness = this.used[i] ? undefined : meanings.get(this.names.words[from + i] as number)
      if (likeness !== undefined && likeness > best) [at, best] = [i, likeness]
    }
    return at
  }

  /** 1 when the query named all of the name; a missing "Street" costs little, a missing telling word much. */
  private completeness(from: number, length: number): number {
    let missing = 0
    let named = false
    for (let i = 0; i < length; i++) {
      const weight = this.names.weights[from + i] as number
      if (this.used[i]) named ||= weight >= 100
      else missing += weight >= 100 ? 0.35 : weight / 1000
    }
    return (named ? 1 : 0.4) / (1 + missing)
  }
}

/** Weight of each word of a name. In "Avenue W" or "Park Avenue" the weak words are all there is, so they carry the name. */
export function nameWeights(name: readonly Token[]): number[] {
  const has = (wordClass: WordClass) => name.some((token) => token.wordClass === wordClass)
  if (has('core')) return name.map((token) => WEIGHT[token.wordClass])
  const carrier = (['direction', 'kind', 'type'] as const).find(has)
  const first = name.findIndex((token) => token.wordClass === carrier)
  // Of "Court Street" the first word carries; of "East West Road" both directions do.
  return name.map((token, i) =>
    token.wordClass === carrier && (i === first || carrier !== 'type')
      ? 1
      : WEIGHT[token.wordClass],
  )
}
