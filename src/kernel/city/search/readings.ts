// The ways a query can be read: which words name an area, and where one street ends and the next begins.

import { splitWords } from './fold.ts'
import { type Token, tokensOf } from './normalise.ts'
import { numbersAsDigits } from './numbers.ts'
import type { Phrases } from './phrases.ts'
import { JOINERS, PLAIN_TYPES, SILENT, STREET_TYPES } from './words.ts'

const HARD = /^[&/@+|\\]$/
const SOFT = /^[,;]$/
const MOST_WORDS = 40
const MOST_PARTS = 6
const LONGEST_AREA_NAME = 5
const MOST_AREAS = 3
const PART_LEFT_OUT = 0.07
/** Two streets with nothing between them may also be one name. */
const UNJOINED = 0.02

export interface Reading {
  /** Word runs between separators, as typed. */
  parts: string[][]
  /** Names of areas taken off: "…, Queens". */
  areaKeys: string[]
  /** What misspelt areas take off. */
  cost: number
  /** True when & or "and" stood between its parts: two streets rather than one name. */
  joined: boolean
}

/** Words of a folded text with phrases replaced and numbers as digits; separators stay as words of their own. */
export function wordsOf(folded: string, phrases: Phrases): string[] {
  return numbersAsDigits(phrases.replace(splitWords(folded).slice(0, MOST_WORDS)))
}

/** Drops "ny", "new york" and the like at the end, unless nothing else would be left. */
export function dropEndings(words: string[], endings: readonly string[][]): string[] {
  let left = words
  for (let changed = true; changed; ) {
    changed = false
    while (left.length > 1 && isSeparator(left[left.length - 1])) left = left.slice(0, -1)
    for (const ending of endings) {
      const tail = left.slice(-ending.length)
      const before = left[left.length - ending.length - 1]
      // Of "Rutland / New York" the second is a street.
      if (before !== undefined && !joins(before) && tail.join(' ') === ending.join(' ')) {
        left = left.slice(0, -ending.length)
        changed = true
      }
    }
  }
  return left
}

/** An area named by a query: its name in tokens, and what a misspelling takes off (0 for none). */
export interface NamedArea {
  key: string
  cost: number
}

/** What tells areas in a query. */
export interface AreaWords {
  areaOf(words: string[]): NamedArea | undefined
  endings: readonly string[][]
}

interface Open {
  words: string[]
  areas: NamedArea[]
}

/** Every reading worth trying: as it stands, and with areas taken off its end ("…, Corona, Queens") or its start. */
export function readingsOf(words: string[], areas: AreaWords): Reading[] {
  const readings = [toReading(words, [])]
  let open: Open[] = [{ words, areas: [] }]
  for (let depth = 0; depth < MOST_AREAS; depth++) {
    open = open.flatMap((state) =>
      withoutArea(state, areas).map((cut) => ({
        words: dropEndings(cut.words, areas.endings),
        areas: [...state.areas, cut.area],
      })),
    )
    for (const state of open) readings.push(toReading(state.words, state.areas))
  }
  return readings.filter((reading) => reading.parts.length > 0)
}

/** Each way to take one area off: an area right beside & or "and" is one of two streets, and stays. */
function withoutArea(
  { words, areas }: Open,
  { areaOf }: AreaWords,
): { words: string[]; area: NamedArea }[] {
  const cuts: { words: string[]; area: NamedArea }[] = []
  const take = (named: string[], rest: string[], beside: string | undefined) => {
    if (named.some(isSeparator) || joins(beside)) return
    const area = areaOf(named)
    if (area && !areas.some(({ key }) => key === area.key)) cuts.push({ words: rest, area })
  }
  for (let n = Math.min(LONGEST_AREA_NAME, words.length - 1); n > 0; n--) {
    take(words.slice(-n), words.slice(0, -n), words[words.length - n - 1])
    // Of "Queens Boulevard" nothing is left without Queens.
    if (!STREET_TYPES.has(words[n] as string)) take(words.slice(0, n), words.slice(n), words[n])
  }
  return cuts
}

const joins = (word: string | undefined) =>
  word !== undefined && (HARD.test(word) || JOINERS.has(word)) && !/^(at|near|cerca)$/.test(word)

/** Pairs of word runs that may be the two streets of a corner. `relaxed` also leaves out words around the joint. */
export function cornerPairs(
  reading: Reading,
  relaxed: boolean,
): { a: string[]; b: string[]; cost: number }[] {
  const { parts } = reading
  if (parts.length === 1) return splitsOf(parts[0] as string[])
  const pairs: { a: string[]; b: string[]; cost: number }[] = []
  for (let i = 0; i < parts.length; i++) {
    for (let j = i + 1; j < parts.length; j++) {
      const cost = PART_LEFT_OUT * (parts.length - 2) + (j > i + 1 ? 0.02 : 0)
      const [a, b] = [parts[i] as string[], parts[j] as string[]]
      if (relaxed) pairs.push(...aroundJoint(a, b, cost))
      else pairs.push({ a, b, cost })
    }
  }
  return pairs
}

function isSeparator(word: string | undefined): boolean {
  return word !== undefined && (HARD.test(word) || SOFT.test(word))
}

function toReading(words: string[], areas: readonly NamedArea[]): Reading {
  const parts: string[][] = [[]]
  let joined = false
  words.forEach((word, i) => {
    // "Near 82nd" joins nothing.
    if (i === 0 && word.length > 1 && words.length > 1 && JOINERS.has(word)) return
    // After a bare "Avenue" the I, X or Y is its name.
    const joiner =
      JOINERS.has(word) &&
      !isMiddleX(words, i) &&
      hasName(parts[parts.length - 1] ?? []) &&
      hasName(words.slice(i + 1))
    joined ||= joiner || HARD.test(word)
    if (joiner || isSeparator(word)) parts.push([])
    else parts[parts.length - 1]?.push(word)
  })
  const named = parts.filter(hasName).slice(0, MOST_PARTS)
  return {
    parts: named,
    areaKeys: areas.map(({ key }) => key),
    cost: areas.reduce((sum, { cost }) => sum + cost, 0) / 2,
    joined: joined && named.length > 1,
  }
}

/** "Malcolm X Boulevard" is one street; "Church St x Avenue U" are two. */
const isMiddleX = (words: string[], i: number) =>
  words[i] === 'x' &&
  PLAIN_TYPES.has(STREET_TYPES.get(words[i + 1] ?? '') ?? '') &&
  !STREET_TYPES.has(words[i - 1] ?? '') &&
  !/^\d/.test(words[i - 1] ?? '')

const NO_WORDS: ReadonlyMap<string, string> = new Map()

/** True when the words hold something that can name a street, not just "avenue" or "the". */
function hasName(words: string[]): boolean {
  const tokens: Token[] = tokensOf(
    words.filter((word) => !isSeparator(word)),
    NO_WORDS,
  )
  const telling = tokens.length > 1 && tokens.every((token) => token.wordClass === 'type')
  return (
    telling ||
    tokens.some(
      (token) =>
        !PLAIN_TYPES.has(token.text) &&
        !(JOINERS.has(token.raw) && token.raw.length > 1) &&
        !SILENT.has(token.raw),
    )
  )
}

function splitsOf(words: string[]): { a: string[]; b: string[]; cost: number }[] {
  const spoken = words.filter((word) => !SILENT.has(word)).slice(0, 10)
  const pairs: { a: string[]; b: string[]; cost: number }[] = []
  for (let i = 1; i < spoken.length; i++) {
    pairs.push({ a: spoken.slice(0, i), b: spoken.slice(i), cost: UNJOINED })
    // "82 n Roosevelt" is said for "and"; "Bedford N 7" is North 7th.
    if (spoken[i] === 'n' && i + 1 < spoken.length)
      pairs.push({ a: spoken.slice(0, i), b: spoken.slice(i + 1), cost: UNJOINED })
  }
  return pairs.filter(({ a, b }) => hasName(a) && hasName(b))
}

/** "by the church on 82 | roosevelt near school": the streets stand next to the joint. */
function aroundJoint(
  a: string[],
  b: string[],
  cost: number,
): { a: string[]; b: string[]; cost: number }[] {
  const pairs: { a: string[]; b: string[]; cost: number }[] = []
  for (let left = 1; left <= Math.min(4, a.length); left++) {
    for (let right = 1; right <= Math.min(4, b.length); right++) {
      const left_out = a.length - left + b.length - right
      pairs.push({
        a: a.slice(-left),
        b: b.slice(0, right),
        cost: cost + 0.06 * Math.min(4, left_out),
      })
    }
  }
  return pairs
}
