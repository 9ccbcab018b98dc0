// From words to tokens that compare equal: ordinals, abbreviations, kinds of street.
import type { SearchSettings } from '../contract.ts'
import { fold, splitWords } from './fold.ts'
import { numbersAsDigits } from './numbers.ts'
import { DIRECTIONS, KIND_WORDS, SHORT_FORMS, SILENT, STREET_TYPES } from './words.ts'

/** What a word contributes: the name itself, its kind of street, a direction, or the kind of place. */
export type WordClass = 'core' | 'type' | 'direction' | 'kind'

export interface Token {
  text: string
  wordClass: WordClass
  /** The word before abbreviations were applied, for joiners and area names. */
  raw: string
}

const ORDINAL =
  /^(\d+)(st|nd|rd|th|ra|da|ta|va|na|ma|ro|do|to|vo|mo|er|ere|eme|e|a|o|я|й|ая|я|ой|nd|ym|ej)$/
/** "82dn", "61ts", "4ht", "82nds": an ordinal's tail in a hurry; "82n": not yet finished. */
const HASTY_ORDINAL =
  /^(\d+)(n|t|r|h|dn|ts|dr|ht|nt|md|bd|nf|tj|tg|rh|yh|sts|nds|rds|ths|sr|ed|rf|nnd|rrd|thh|tth|sst)$/
const GLUED = /^(\d+)(street|str|avenue|ave|av|rd|road|dr|pl|blvd|ct|ln)$/
const ENGLISH_TAIL = /^(nd|rd|th|st)$/

/** Makes the tokeniser of one city. */
export function makeTokeniser(settings: Pick<SearchSettings, 'words'>): (text: string) => Token[] {
  const own = ownWords(settings)
  return (text) => tokensOf(numbersAsDigits(splitWords(fold(text))), own)
}

/** The pack's own spellings, folded. */
export const ownWords = ({ words }: Pick<SearchSettings, 'words'>): Map<string, string> =>
  new Map(Object.entries(words).map(([from, to]) => [fold(from), fold(to)]))

/** Tokens of words that hold no separators; silent words are left out, unless nothing else remains. */
export function tokensOf(words: readonly string[], own: ReadonlyMap<string, string>): Token[] {
  const tokens: Token[] = []
  words.forEach((word, i) => {
    if (ENGLISH_TAIL.test(word) && isOrdinalTail(words[i - 1], word)) return
    for (const part of unglue(own.get(word) ?? word)) tokens.push(toToken(part))
  })
  const spoken = tokens.filter((token) => !SILENT.has(token.raw))
  return spoken.length > 0 ? spoken : tokens
}

const known = new Map<string, Token>()
/** Enough for the words of a city; people's own misspellings must not fill the memory. */
const MOST_KNOWN = 5000

function toToken(word: string): Token {
  const before = known.get(word)
  if (before) return before
  const [text, wordClass] = classify(word)
  const token: Token = { text, wordClass, raw: word }
  if (known.size < MOST_KNOWN) known.set(word, token)
  return token
}

function classify(word: string): [string, WordClass] {
  const number =
    (ORDINAL.exec(word) ?? HASTY_ORDINAL.exec(word))?.[1] ?? (/^\d+$/.test(word) ? word : undefined)
  if (number !== undefined)
    return [number.length <= 3 ? number.replace(/^0+(?=\d)/, '') : number, 'core']
  const type = STREET_TYPES.get(word)
  if (type) return [type, 'type']
  const direction = DIRECTIONS.get(word)
  if (direction) return [direction, 'direction']
  const short = SHORT_FORMS.get(word)
  if (short && short !== 'pk') return [short, 'core']
  const kind = KIND_WORDS.get(short ?? word)
  return kind ? [kind, 'kind'] : [word, 'core']
}

/** "82 nd": the tail of an ordinal typed apart. "82 st" is a street. */
function isOrdinalTail(before: string | undefined, tail: string): boolean {
  return tail !== 'st' && tail !== 'rd' && before !== undefined && /^\d+$/.test(before)
}

function unglue(word: string): string[] {
  const code = word.charCodeAt(0)
  if (code >= 48 && code <= 57) {
    const glued = GLUED.exec(word)
    if (glued && !isEnglishOrdinal(word)) return [glued[1] as string, glued[2] as string]
    const street = /^(\d*(?:[02-9]|1[1-3]))st$/.exec(word)
    if (street) return [street[1] as string, 'st']
    // "82ndst", "5thave".
    const both = /^(\d+)(?:st|nd|rd|th)(street|str|st|avenue|ave|av|rd|road|dr|pl|blvd)$/.exec(word)
    if (both) return [both[1] as string, both[2] as string]
    // "150가", "82улица".
    const other = /^(\d+)([^\p{Script=Latin}\d]{1,12})$/u.exec(word)
    if (other && !ORDINAL.test(word)) return [other[1] as string, other[2] as string]
  }
  return word.includes(' ') ? word.split(' ') : [word]
}

function isEnglishOrdinal(word: string): boolean {
  return /^(\d*[02-9])?3rd$/.test(word)
}
