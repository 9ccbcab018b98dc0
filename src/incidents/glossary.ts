import glossary from './glossary.json' with { type: 'json' }
import { plain, runsTogether } from './words.ts'

/** A word of the text that stands for a concept, or a number, and which word of the text it was. */
export interface Hit {
  /** The concept's English name ("van"), or a number ("4"). */
  concept: string
  at: number
}

/** Whole words and phrases, and the stems that words begin with, to the concept. */
interface Lookup {
  whole: Map<string, string>
  stems: Map<string, string>
}

const emptyLookup = (): Lookup => ({ whole: new Map(), stems: new Map() })
const lookups = new Map<string, Lookup>()
for (const part of [glossary.concepts, glossary.numbers])
  for (const [concept, languages] of Object.entries(part))
    for (const [language, words] of Object.entries(languages)) enter(concept, language, words)

function enter(concept: string, language: string, words: string): void {
  // Both ways of writing Chinese are one language here, so that a mixed text is read whole.
  const key = language.split('-')[0] ?? language
  const lookup = lookups.get(key) ?? emptyLookup()
  lookups.set(key, lookup)
  for (const word of words.split(',').map((each) => plain(each.trim())))
    if (word.endsWith('*')) keep(lookup.stems, word.slice(0, -1), concept)
    else keep(lookup.whole, word, concept)
}

/** The first concept that lists a word has it. */
function keep(map: Map<string, string>, word: string, concept: string): void {
  if (word && !map.has(word)) map.set(word, concept)
}

const functionWords = new Map(
  Object.entries(glossary.functionWords).map(([language, words]) => [
    language,
    new Set(plain(words).split(' ')),
  ]),
)
const scripts: readonly [string, RegExp][] = [
  ['ko', /\p{Script=Hangul}/u],
  ['zh', /\p{Script=Han}/u],
  ['bn', /\p{Script=Bengali}/u],
  ['ru', /\p{Script=Cyrillic}/u],
]

/**
 * The language of a text by its script and, for those in Latin letters, by its function words; null
 * where too few of them tell.
 */
export function languageOf(text: string, words: readonly string[]): string | null {
  const byScript = scripts.find(([, script]) => script.test(text))
  if (byScript) return byScript[0]
  if (/\p{Script=Arabic}/u.test(text)) return /[ٹڈڑںےگچپہی]/.test(text) ? 'ur' : 'ar'
  const counts = [...functionWords].map(
    ([language, known]) => [language, words.filter((word) => known.has(word)).length] as const,
  )
  const [best, second] = counts.sort((a, b) => b[1] - a[1])
  return best && best[1] >= 2 && best[1] > (second?.[1] ?? 0) ? best[0] : null
}

/** Whether the word only joins others: it says nothing of the event. */
export const isFunctionWord = (word: string, language: string | null): boolean =>
  functionWords.get(language ?? 'en')?.has(word) ?? false

/** What a text mentions, and the words that the glossary does not know. */
export interface Reading {
  hits: Hit[]
  unknown: string[]
}

/** Reads words of one language; English names and brands are understood in every text. */
export function read(words: readonly string[], language: string | null): Reading {
  const own = language === null || language === 'en' ? [] : [lookups.get(language)]
  const known = [...own, lookups.get('en')].filter((each) => each !== undefined)
  const reading: Reading = { hits: [], unknown: [] }
  for (let i = 0; i < words.length; ) {
    const word = words[i] as string
    const [concept, length] = found(words, i, known, language)
    if (concept) reading.hits.push({ concept, at: i })
    else if (runsTogether(word)) readRun(word, i, known, reading)
    else if (!isFunctionWord(word, language)) reading.unknown.push(word)
    i += length
  }
  return reading
}

const longestPhrase = 4

/** The concept of the longest phrase that begins here, and of how many words it is. */
function found(
  words: readonly string[],
  from: number,
  known: readonly Lookup[],
  language: string | null,
): [concept: string | null, length: number] {
  for (let length = Math.min(longestPhrase, words.length - from); length > 1; length--) {
    const phrase = words.slice(from, from + length).join(' ')
    const concept = first(
      known,
      ({ whole, stems }) => whole.get(phrase) ?? stemOf(phrase, stems, ' '),
    )
    if (concept) return [concept, length]
  }
  const word = words[from] as string
  if (/^[2-9]$|^[1-9]\d$/.test(word)) return [word, 1]
  if (isFunctionWord(word, language)) return [null, 1]
  return [first(known, (lookup) => single(word, lookup)), 1]
}

function first<T>(values: readonly T[], of: (value: T) => string | undefined): string | null {
  for (const value of values) {
    const answer = of(value)
    if (answer) return answer
  }
  return null
}

function single(word: string, { whole, stems }: Lookup): string | undefined {
  const direct = whole.get(word) ?? stemOf(word, stems)
  if (direct) return direct
  // The Arabic article and the particles written with it.
  const bare = word.replace(/^(?:و|ف)?(?:ب|ك)?(?:ال|لل)|^[وبل]/, '')
  return bare === word || bare.length < 2 ? undefined : (whole.get(bare) ?? stemOf(bare, stems))
}

/** The concept of the longest stem a word (or a phrase, where `holding` a space) begins with. */
function stemOf(word: string, stems: Map<string, string>, holding = ''): string | undefined {
  for (let length = word.length; length >= 2; length--) {
    const stem = word.slice(0, length)
    if (!stem.includes(holding)) return undefined
    const concept = stems.get(stem)
    if (concept) return concept
  }
  return undefined
}

const longestInRun = 7

/** Chinese and Korean: the longest known word at each letter; what lies between is not known. */
function readRun(run: string, at: number, known: readonly Lookup[], reading: Reading): void {
  let unknown = ''
  for (let i = 0; i < run.length; ) {
    const [concept, length] = longestAt(run, i, known)
    // Letters count as tenths of a word: a number stands right before what it counts.
    if (concept) reading.hits.push({ concept, at: at + i / 10 })
    else unknown += run[i]
    if ((concept || i + 1 >= run.length) && unknown.length > 1) reading.unknown.push(unknown)
    if (concept) unknown = ''
    i += length
  }
}

function longestAt(run: string, from: number, known: readonly Lookup[]): [string | null, number] {
  for (let length = Math.min(longestInRun, run.length - from); length > 0; length--) {
    const part = run.slice(from, from + length)
    const concept = first(known, ({ whole, stems }) => whole.get(part) ?? stems.get(part))
    if (concept) return [concept, length]
  }
  return [null, 1]
}

const kindOf = new Map<string, 'colour' | 'vehicle' | 'clothes' | 'counted'>([
  ...glossary.colours.map((name) => [name, 'colour'] as const),
  ...glossary.vehicles.map((name) => [name, 'vehicle'] as const),
  ...glossary.clothes.map((name) => [name, 'clothes'] as const),
  ...glossary.counted.map((name) => [name, 'counted'] as const),
])

/** What sort of thing a concept is, where that matters: colours go with things, numbers with people. */
export const conceptKind = (concept: string) =>
  /^\d+$/.test(concept) ? 'number' : (kindOf.get(concept) ?? null)
