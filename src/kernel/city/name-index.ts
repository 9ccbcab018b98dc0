// Finds the names that hold all the telling words of a phrase, in any order, and says how well they fit.
import type { Token, WordClass } from './normalise.ts'
import type { Vocabulary } from './vocabulary.ts'

/** A word of a query with the vocabulary words it may stand for (word number -> likeness). */
export interface SpanWord {
  token: Token
  meanings: Map<number, number>
}

const WEIGHT: Record<WordClass, number> = { core: 1, type: 0.3, direction: 0.35, kind: 0.3 }
/** Lines of a station and the word for its kind: found when typed, not missed when not. */
const EXTRA = 0
const EXTRA_WEIGHT = 0.6
/** A word of the query that the name lacks. A lacking core word rules the name out. */
const LACKS: Record<WordClass, number> = { core: 1, type: 0.2, direction: 0.25, kind: 0.2 }
const MOST_CANDIDATES = 4000

interface Doc {
  target: number
  words: number[]
  /** Weight of each word; EXTRA for those that are no part of the name. */
  weights: number[]
  penalty: number
}

export class NameIndex {
  private readonly docs: Doc[] = []
  private readonly postings: number[][] = []
  private readonly vocabulary: Vocabulary

  constructor(vocabulary: Vocabulary) {
    this.vocabulary = vocabulary
  }

  /** Adds a name of `target` (its number elsewhere). `penalty` is taken off its score: aliases, lesser kinds. */
  add(target: number, name: Token[], extras: string[] = [], penalty = 0): void {
    const words = [...name.map((token) => token.text), ...extras].map((word) =>
      this.vocabulary.idOf(word),
    )
    const doc =
      this.docs.push({
        target,
        words,
        weights: [...nameWeights(name), ...extras.map(() => EXTRA)],
        penalty,
      }) - 1
    for (const word of new Set(words)) {
      const posting = this.postings[word]
      if (posting) posting.push(doc)
      else this.postings[word] = [doc]
    }
  }

  /** Target -> score (over 0, up to 1) of every name that fits the words. */
  match(span: readonly SpanWord[]): Map<number, number> {
    const scores = new Map<number, number>()
    for (const doc of this.candidates(span)) {
      const { target, penalty } = this.docs[doc] as Doc
      const score = fitOf(span, this.docs[doc] as Doc) - penalty
      if (score > 0 && score > (scores.get(target) ?? 0)) scores.set(target, score)
    }
    return scores
  }

  /** Names that hold the rarest telling word; a name that lacks it cannot fit. */
  private candidates(span: readonly SpanWord[]): Set<number> {
    const core = span.filter((word) => word.token.wordClass === 'core')
    let rarest: number[][] = []
    let fewest = Infinity
    for (const { meanings } of core.length > 0 ? core : span) {
      const lists = [...meanings.keys()].flatMap((word) =>
        this.postings[word] ? [this.postings[word] as number[]] : [],
      )
      const size = lists.reduce((sum, list) => sum + list.length, 0)
      if (size < fewest) [rarest, fewest] = [lists, size]
    }
    const found = new Set<number>()
    for (const list of rarest) {
      for (const doc of list) found.add(doc)
      if (found.size > MOST_CANDIDATES) break
    }
    return found
  }
}

/** In "Avenue W" or "Park Avenue" the weak words are all there is, so they carry the name. */
function nameWeights(name: Token[]): number[] {
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

function fitOf(span: readonly SpanWord[], doc: Doc): number {
  const used = new Array<boolean>(doc.words.length).fill(false)
  let likeness = 0
  let total = 0
  let lacking = 0
  let carried = false
  for (const { token, meanings } of span) {
    const [at, like] = bestWord(meanings, doc, used)
    if (at < 0) {
      if (token.wordClass === 'core') return 0
      lacking += LACKS[token.wordClass]
      continue
    }
    used[at] = true
    const weight = (doc.weights[at] as number) || EXTRA_WEIGHT
    carried ||= weight >= 1 || doc.weights[at] === EXTRA
    likeness += like * weight
    total += weight
  }
  if (total === 0 || !carried) return 0
  return (likeness / total) * completeness(doc, used) - lacking
}

function bestWord(
  meanings: Map<number, number>,
  doc: Doc,
  used: boolean[],
): [at: number, likeness: number] {
  let at = -1
  let best = 0
  for (let i = 0; i < doc.words.length; i++) {
    const likeness = used[i] ? undefined : meanings.get(doc.words[i] as number)
    if (likeness !== undefined && likeness > best) [at, best] = [i, likeness]
  }
  return [at, best]
}

/** 1 when the query named all of the name; a missing "Street" costs little, a missing telling word much. */
function completeness(doc: Doc, used: boolean[]): number {
  let missing = 0
  let named = false
  doc.weights.forEach((weight, i) => {
    if (weight >= 1 && used[i]) named = true
    if (!used[i]) missing += weight >= 1 ? 0.35 : weight * 0.1
  })
  return (named ? 1 : 0.4) / (1 + missing)
}
