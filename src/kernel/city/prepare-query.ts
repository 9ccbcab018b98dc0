// One query made ready: its readings, its words looked up once.
import { distanceMetres, type Point } from '../geo.ts'
import type { Named } from './gazetteer.ts'
import type { SpanWord } from './name-index.ts'
import { type Token, tokensOf } from './normalise.ts'
import { dropEndings, type Reading, readingsOf, wordsOf } from './readings.ts'
import { keyOfTokens, type SearchIndex } from './search-index.ts'

/** People say a corner is in Corona when it is across the street from it. */
const SAID_TO_BE_IN_METRES = 500

export interface PreparedQuery {
  readings: Reading[]
  /** Words as span; null when a word is known nowhere and nothing is left. `unknown` counts the words left out. */
  spanOf(words: string[]): { span: SpanWord[]; unknown: number }
  /** 1 inside the areas named by the query, less outside. */
  areaFactor(reading: Reading, row: { within: string; lat: number; lon: number }): number
}

/** Prepares one query: its readings, its words looked up once. Effort: words joined or split anew, typing errors in every word. */
export function prepareQuery(
  index: SearchIndex,
  folded: string,
  effort: { mend: boolean; fuzzy: boolean },
): PreparedQuery {
  const typed = dropEndings(wordsOf(folded, index.phrases), index.endings)
  const words = effort.mend ? mendWords(index, typed) : typed
  const unfinished = /[\p{L}\p{N}\p{M}]$/u.test(folded) ? words[words.length - 1] : undefined
  const keyOf = (some: string[]) => keyOfTokens(tokensOf(some, index.ownWords))
  const meanings = new Map<string, Map<number, number>>()
  const lookUp = (token: Token) => {
    // "street" is whole although "st" begins many words.
    const last = token.raw === unfinished && (token.raw === token.text || /\d/.test(token.text))
    const known = meanings.get(token.text)
    if (known) return known
    const found = new Map(
      index.vocabulary
        .expand(token.text, {
          unfinished: last,
          forceFuzzy: effort.fuzzy && token.wordClass === 'core',
        })
        .map((e) => [e.wordId, e.likeness]),
    )
    meanings.set(token.text, found)
    return found
  }
  return {
    readings: readingsOf(words, {
      isArea: (key) => index.areaNames.has(key),
      keyOf,
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
    areaFactor: (reading, row) =>
      reading.areaKeys.every((key) => isIn(index, index.areaNames.get(key) ?? [], row)) ? 1 : 0.6,
  }
}

/** Inside, or so near that people would still say so; the borough is taken at its word. */
function isIn(index: SearchIndex, areas: Named[], row: Point & { within: string }): boolean {
  return areas.some((area) => {
    if (area.areaId && (row.within === area.areaId || index.inArea(area.areaId, row))) return true
    return (
      !isLand(area) && distanceMetres(area, row) < area.uncertaintyMetres + SAID_TO_BE_IN_METRES
    )
  })
}

const isLand = (area: Named) =>
  area.areaId !== undefined && area.within === '' && area.kind !== 'zip'

/** "la guardia" -> "laguardia", "jacksonheights" -> "jackson heights", where the vocabulary knows better. */
function mendWords(index: SearchIndex, words: string[]): string[] {
  const mended: string[] = []
  for (let i = 0; i < words.length; i++) {
    const word = words[i] as string
    const pair = word + (words[i + 1] ?? '')
    if (
      /^(la|de|mc|mac|le|du|van|o)$/.test(word) &&
      i + 1 < words.length &&
      index.vocabulary.has(pair)
    ) {
      mended.push(pair)
      i++
    } else mended.push(...(index.vocabulary.has(word) ? [word] : splitJoined(index, word)))
  }
  return mended
}

function splitJoined(index: SearchIndex, word: string): string[] {
  const [token, ...more] = tokensOf([word], index.ownWords)
  if (
    word.length < 7 ||
    /\d/.test(word) ||
    more.length > 0 ||
    token?.text !== word ||
    token.wordClass !== 'core'
  )
    return [word]
  for (let at = 3; at <= word.length - 3; at++) {
    const [a, b] = [word.slice(0, at), word.slice(at)]
    if (
      [a, b].every((part) =>
        tokensOf([part], index.ownWords).every(
          (token) => index.vocabulary.has(token.text) && part.length > 2,
        ),
      )
    )
      return [a, b]
  }
  return [word]
}
