import { conceptKind, type Hit, isFunctionWord, languageOf, read } from './glossary.ts'
import model from './model.json' with { type: 'json' }
import { plainWords, runsTogether } from './words.ts'

/** A text as what can be compared: across languages by what it mentions, within one also by its letters. */
export interface Fingerprint {
  /** As its script and function words show; null where too few tell. */
  language: string | null
  /** Hashes of the overlapping runs of letters in the telling words, ascending. */
  grams: Uint32Array
  /** Hashes of every two words in a row, ascending. */
  phrases: Uint32Array
  /** What it mentions ("van", "white van"), with how telling that is. */
  concepts: Map<string, number>
  conceptNorm: number
  /** Words no glossary holds: names, streets, marks. */
  names: Set<string>
  /** Numbers of two digits or more: of houses, plates, routes, people. */
  numbers: Set<string>
  /** How many agents it counts; null where it does not say. */
  agents: number | null
}

/** How telling a concept is: the logarithm of how rarely texts of the training set mention it. */
const idf: Record<string, number> = model.idf
const rareIdf = Math.max(0, ...Object.values(idf))
const telling = (concept: string): number => idf[concept] ?? rareIdf

/** The fingerprint of a text; null where it holds no word. */
export function fingerprint(text: string): Fingerprint | null {
  const words = plainWords(text)
  if (words.length === 0) return null
  const language = languageOf(text, words)
  const { hits, unknown } = read(words, language)
  const concepts = weighted(hits, language)
  return {
    language,
    grams: gramsOf(words.filter((word) => !isFunctionWord(word, language))),
    phrases: phrasesOf(words),
    concepts,
    conceptNorm: Math.hypot(...concepts.values()),
    names: new Set(unknown.filter((word) => word.length > 2)),
    numbers: new Set(words.filter((word) => /\d{2}/.test(word))),
    agents: countedAgents(hits),
  }
}

/** Languages that put the colour after the thing. */
const colourLast = new Set(['es', 'fr', 'ht', 'ar'])

function weighted(hits: readonly Hit[], language: string | null): Map<string, number> {
  const concepts = new Map<string, number>()
  for (const { concept } of hits)
    if (conceptKind(concept) !== 'number') concepts.set(concept, telling(concept))
  for (const [colour, thing] of coloured(hits, language)) {
    const weight = (telling(colour) + telling(thing)) / 2
    concepts.set(`${colour} ${thing}`, weight)
    // One person's van is another's truck; the colour stays.
    if (conceptKind(thing) === 'vehicle') concepts.set(`${colour} vehicle`, weight / 2)
  }
  return concepts
}

/** Words between a colour and its thing, at most: "a white unmarked work van". */
const colourReach = 3

/** Every colour with the vehicle or piece of clothing it goes with. */
function* coloured(
  hits: readonly Hit[],
  language: string | null,
): Generator<[colour: string, thing: string]> {
  const direction = language !== null && colourLast.has(language) ? -1 : 1
  for (const colour of hits) {
    if (conceptKind(colour.concept) !== 'colour') continue
    const things = hits
      .filter(({ concept }) => ['vehicle', 'clothes'].includes(conceptKind(concept) ?? ''))
      .map((thing) => ({ thing, away: (thing.at - colour.at) * direction }))
      .filter(({ away }) => away > 0 && away <= colourReach)
      .sort((a, b) => a.away - b.away)
    const [nearest] = things
    if (nearest) yield [colour.concept, nearest.thing.concept]
  }
}

/** The first number that stands before people who are counted: "four masked agents". */
function countedAgents(hits: readonly Hit[]): number | null {
  for (const [i, number] of hits.entries()) {
    if (conceptKind(number.concept) !== 'number') continue
    const near = hits.slice(i + 1).filter(({ at }) => at - number.at <= colourReach)
    if (near.some(({ concept }) => conceptKind(concept) === 'counted'))
      return Number(number.concept)
  }
  return null
}

/** Letters in a run: two where a letter is a syllable or a word, else four. */
function gramsOf(words: readonly string[]): Uint32Array {
  const hashes = new Set<number>()
  for (const word of words) {
    const length = runsTogether(word) ? 2 : 4
    const padded = ` ${word} `
    for (let i = 0; i + length <= Math.max(padded.length, length); i++)
      hashes.add(hash(padded.slice(i, i + length)))
  }
  return Uint32Array.from(hashes).sort()
}

/** Letters that make a phrase where words run together. */
const runPhrase = 4

function phrasesOf(words: readonly string[]): Uint32Array {
  const hashes = new Set<number>()
  for (const [i, word] of words.entries()) {
    if (i > 0) hashes.add(hash(`${words[i - 1]} ${word}`))
    if (runsTogether(word))
      for (let j = 0; j + runPhrase <= word.length; j++)
        hashes.add(hash(word.slice(j, j + runPhrase)))
  }
  return Uint32Array.from(hashes).sort()
}

/** FNV-1a, 32 bits. */
function hash(gram: string): number {
  let value = 0x811c9dc5
  for (let i = 0; i < gram.length; i++) value = Math.imul(value ^ gram.charCodeAt(i), 0x01000193)
  return value >>> 0
}

/** How alike the letters are, 0 to 1. */
export const gramSimilarity = ({ grams: a }: Fingerprint, { grams: b }: Fingerprint): number =>
  a.length === 0 || b.length === 0 ? 0 : sharedCount(a, b) / Math.sqrt(a.length * b.length)

/** How much of the shorter text the other has in the same words, 0 to 1; low where it is short. */
export const phraseSimilarity = (
  { phrases: a }: Fingerprint,
  { phrases: b }: Fingerprint,
): number => sharedCount(a, b) / (Math.min(a.length, b.length) + 2)

/** How many numbers two ascending lists share. */
function sharedCount(a: Uint32Array, b: Uint32Array): number {
  let shared = 0
  for (let i = 0, j = 0; i < a.length && j < b.length; ) {
    const [x, y] = [a[i] as number, b[j] as number]
    if (x === y) shared++
    if (x <= y) i++
    if (y <= x) j++
  }
  return shared
}

/** 1 where the numbers of one text are all in the other, -1 where none is, 0 where one has none. */
export function numberAgreement({ numbers: a }: Fingerprint, { numbers: b }: Fingerprint): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  if (small.size === 0) return 0
  return (2 * [...small].filter((number) => large.has(number)).length) / small.size - 1
}

/** How alike what they mention is, 0 to 1, telling things weighing more; whatever the languages. */
export function conceptSimilarity(a: Fingerprint, b: Fingerprint): number {
  if (a.conceptNorm === 0 || b.conceptNorm === 0) return 0
  const [small, large] = a.concepts.size < b.concepts.size ? [a, b] : [b, a]
  let dot = 0
  for (const [concept, weight] of small.concepts) dot += weight * (large.concepts.get(concept) ?? 0)
  return dot / (a.conceptNorm * b.conceptNorm)
}

/** Names both hold, longest first: two at most. */
export const sharedNames = ({ names: a }: Fingerprint, { names: b }: Fingerprint): string[] =>
  [...a]
    .filter((name) => b.has(name))
    .sort((x, y) => y.length - x.length)
    .slice(0, 2)

/** How many names they share, of those the shorter has; 0 to 1, and low where it has few. */
export function nameSimilarity({ names: a }: Fingerprint, { names: b }: Fingerprint): number {
  const [small, large] = a.size < b.size ? [a, b] : [b, a]
  let shared = 0
  for (const name of small) if (large.has(name)) shared++
  return shared / (small.size + 2)
}

/** What nearly every report mentions is no reason to think two are of one event. */
const leastTelling = 1

/** The most telling things both mention: up to three, in plain English words. */
export function sharedConcepts(a: Fingerprint, b: Fingerprint): string[] {
  const shared = [...a.concepts].filter(
    ([concept, weight]) => weight >= leastTelling && b.concepts.has(concept),
  )
  const chosen: string[] = []
  for (const [concept] of shared.sort(([x, p], [y, q]) => wordsIn(y) - wordsIn(x) || q - p))
    if (chosen.length < 3 && !chosen.some((whole) => covers(whole, concept))) chosen.push(concept)
  return chosen
}

const wordsIn = (concept: string): number =>
  concept.endsWith(' vehicle') ? 1 : concept.split(' ').length

/** "white van" says "white", "van" and "white vehicle" too. */
const covers = (whole: string, concept: string): boolean =>
  whole.split(' ').includes(concept) ||
  (concept.endsWith(' vehicle') && whole.startsWith(concept.replace('vehicle', '')))
