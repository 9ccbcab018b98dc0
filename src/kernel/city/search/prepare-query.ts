// One query made ready: its readings, its words looked up once.

import { mendHeard, mendJoiners, mendSpaces } from './mend-words.ts'
import type { SpanWord } from './name-index.ts'
import { type Token, tokensOf } from './normalise.ts'
import { dropEndings, type NamedArea, type Reading, readingsOf, wordsOf } from './readings.ts'
import { isSaidToBeIn, type SearchIndex } from './search-index.ts'
import type { Table } from './tables.ts'
import type { Meanings } from './vocabulary.ts'

/** How hard to try. `fuzzy`: typing errors also in words that are known. */
export interface Effort {
  mend: boolean
  fuzzy: boolean
}

export interface PreparedQuery {
  readings: Reading[]
  /** Words as span; `unknown` counts the words left out because they are known nowhere. */
  spanOf(words: string[]): { span: SpanWord[]; unknown: number }
  /** What it takes off to read words that are the name of an area as a street. */
  asArea(words: string[]): number
  /** 1 inside the areas named by the query, less outside. */
  areaFactor(reading: Reading, table: Table, number: number): number
}

/** Prepares one query: its readings, its words looked up once. */
export function prepareQuery(index: SearchIndex, folded: string, effort: Effort): PreparedQuery {
  const typed = mendJoiners(index, dropEndings(wordsOf(folded, index.phrases), index.endings))
  const words = effort.mend ? mendSpaces(index, mendHeard(index, typed)) : typed
  const unfinished = /[\p{L}\p{N}\p{M}]$/u.test(folded) ? words[words.length - 1] : undefined
  const lookUp = lookUps(index, effort, unfinished)
  return {
    readings: readingsOf(words, {
      areaOf: (some) => areaOf(index, some),
      endings: index.endings,
    }),
    spanOf: (some) => {
      const span = tokensOf(some, index.ownWords).map((token) => ({
        token,
        meanings: lookUp(token),
      }))
      const known = span.filter((word) => word.meanings.size > 0)
      const unknown = span.length - known.length
      // When only "street" is left of "Zzyzx Street", nothing was understood.
      const telling = unknown === 0 || known.some((word) => word.token.wordClass === 'core')
      return { span: telling ? known : [], unknown }
    },
    asArea: (some) =>
      index.areaNames.has(keyOf(tokensOf(some, index.ownWords))) ? AREA_AS_STREET : 0,
    areaFactor: ({ areaKeys }, table, number) =>
      areaKeys.every((key) => isSaidToBeIn(index, index.areaNames.get(key) ?? [], table, number))
        ? 1
        : 0.6,
  }
}

const AREA_AS_STREET = 0.06

const keyOf = (tokens: readonly Token[]): string => tokens.map((token) => token.text).join(' ')

type LookUp = (token: Token) => Meanings

function lookUps(
  { vocabulary }: SearchIndex,
  effort: Effort,
  unfinished: string | undefined,
): LookUp {
  const known = new Map<string, Meanings>()
  return (token) => {
    const before = known.get(token.text)
    if (before) return before
    const found: Meanings = new Map()
    known.set(token.text, found)
    const exact = vocabulary.idOf(token.text)
    if (exact !== undefined) found.set(exact, 1)
    // "street" is whole although "st" begins many words.
    if (token.raw === unfinished && (token.raw === token.text || /\d/.test(token.text)))
      vocabulary.startingWith(token.text, found)
    if (found.size === 0 || (effort.fuzzy && token.wordClass === 'core'))
      vocabulary.nearly(token.text, found)
    return found
  }
}

/** The area that the tokens name, rightly or misspelt (then it costs something); undefined when they name none. */
function areaOf(
  { areaNames, areaSpellings, areaKeys, ownWords }: SearchIndex,
  words: string[],
): NamedArea | undefined {
  const key = keyOf(tokensOf(words, ownWords))
  if (areaNames.has(key)) return { key, cost: 0 }
  const written = words.join(' ')
  if (written.length < SHORTEST_MISSPELT_AREA || /\d/.test(written)) return undefined
  let best: NamedArea | undefined
  areaSpellings.near(written, (number, likeness) => {
    const cost = 1 - likeness
    if (cost < (best?.cost ?? 1)) best = { key: areaKeys[number] as string, cost }
  })
  return best
}

const SHORTEST_MISSPELT_AREA = 4
