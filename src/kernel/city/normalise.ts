// From what people type to tokens that compare equal: case, accents, digits of other scripts, ordinals, abbreviations.
import type { SearchSettings } from './contract.ts'
import { DIRECTIONS, KIND_WORDS, NUMBER_WORDS, SHORT_FORMS, SILENT, STREET_TYPES } from './words.ts'

/** Longer text than this holds no address worth reading, and costs time. */
export const LONGEST_QUERY = 200

/** What a word contributes: the name itself, its kind of street, a direction, or the kind of place. */
export type WordClass = 'core' | 'type' | 'direction' | 'kind'

export interface Token {
  text: string
  wordClass: WordClass
  /** The word before abbreviations were applied, for joiners and area names. */
  raw: string
}

const ARABIC_MARKS = '\u0610-\u061A\u064B-\u065F\u0670\u0640'
const MARKS = new RegExp(
  `[\\u0300-\\u036F\\u200B-\\u200F\\u202A-\\u202E\\u2060-\\u206F${ARABIC_MARKS}]`,
  'g',
)
const NO_DECOMPOSITION: Record<string, string> = {
  ł: 'l',
  ø: 'o',
  ß: 'ss',
  đ: 'd',
  ı: 'i',
  æ: 'ae',
  œ: 'oe',
}
/** First code points of runs of ten digits in the scripts of our languages. */
const DIGIT_RUNS = [0x0660, 0x06f0, 0x0966, 0x09e6]
const ORDINAL = /^(\d+)(st|nd|rd|th|ra|da|ta|va|na|ma|ro|do|to|vo|mo|er|eme|e|a|o|я|й)$/
const GLUED = /^(\d+)(street|str|avenue|ave|av|rd|road|dr|pl|blvd|ct|ln)$/

/** Lower case without accents, marks, tatweel or foreign digits; apostrophes vanish. At most 400 characters. */
export function fold(text: string): string {
  return text
    .slice(0, LONGEST_QUERY)
    .normalize('NFKD')
    .slice(0, 2 * LONGEST_QUERY)
    .toLowerCase()
    .replace(MARKS, '')
    .replace(/['’‘ʼ`´"“”]/g, '')
    .replace(/[łøßđıæœ]/g, (letter) => NO_DECOMPOSITION[letter] ?? letter)
    .replace(/[٠-٩۰-۹०-९০-৯]/g, westernDigit)
}

/** Words of a folded text; street separators come out as single characters (& / @ + , ; |) and a hyphen as space. */
export function splitWords(folded: string): string[] {
  return folded.match(/[\p{L}\p{N}\p{M}]+|[&/@+,;|\\]/gu) ?? []
}

/** Makes the tokeniser of one city. */
export function makeTokeniser(settings: Pick<SearchSettings, 'words'>): (text: string) => Token[] {
  const own = new Map(Object.entries(settings.words).map(([from, to]) => [fold(from), fold(to)]))
  return (text) => tokensOf(splitWords(fold(text)), own)
}

/** Tokens of words that hold no separators; silent words are left out, unless nothing else remains. */
export function tokensOf(words: string[], own: ReadonlyMap<string, string>): Token[] {
  const tokens: Token[] = []
  words.forEach((word, i) => {
    if (/^(nd|rd|th|st)$/.test(word) && isOrdinalTail(words[i - 1], word)) return
    for (const part of unglue(own.get(word) ?? word)) tokens.push(toToken(part))
  })
  const spoken = tokens.filter((token) => !SILENT.has(token.raw))
  return spoken.length > 0 ? spoken : tokens
}

function toToken(word: string): Token {
  const [text, wordClass] = classify(word)
  return { text, wordClass, raw: word }
}

function classify(word: string): [string, WordClass] {
  const number =
    NUMBER_WORDS.get(word) ?? ORDINAL.exec(word)?.[1] ?? (/^\d+$/.test(word) ? word : undefined)
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
  const glued = GLUED.exec(word)
  if (glued && !isEnglishOrdinal(word)) return [glued[1] as string, glued[2] as string]
  const street = /^(\d*[02-9]|\d*1[1-3])st$/.exec(word)
  if (street) return [street[1] as string, 'st']
  return word.split(' ')
}

function isEnglishOrdinal(word: string): boolean {
  return /^(\d*[02-9])?3rd$/.test(word)
}

function westernDigit(digit: string): string {
  const code = digit.charCodeAt(0)
  const start = DIGIT_RUNS.find((first) => code >= first && code < first + 10)
  return start === undefined ? digit : String(code - start)
}
