import conceptWeights from './concept-weights.json' with { type: 'json' }
import { conceptKind, type Hit, isFunctionWord, languageOf, read } from './glossary.ts'
import { plainWords, runsTogether } from './words.ts'

/** A text as what can be compared: across languages by what it mentions, within one also by its letters. */
export interface Fingerprint {
  /** As its script and function words show; null where too few tell. */
  language: string | null
  /** Hashes of the overlapping runs of letters in the telling words, ascending. */
  grams: Uint32Array
  /** Hashes of every two words in a row, ascending. */
  phrases: Uint32Array
  /** Hashes of what it mentions ("van", "white van"), ascending; how telling each is; their length. */
  concepts: Uint32Array
  weights: Float64Array
  norm: number
  /** Hashes of the words no glossary holds: names, streets, marks. */
  names: Uint32Array
  /** Hashes of the numbers of two digits or more: of houses, plates, routes, people. */
  numbers: Uint32Array
  /** The same in words, for a person to read: what it mentions, and how telling that is; names. */
  said: { concepts: Map<string, number>; names: Set<string> }
  /** How many agents it counts; null where it does not say. */
  agents: number | null
}

/** How telling a concept is: the logarithm of how rarely texts mention it, where they do most. */
const idf: Record<string, number> = conceptWeights
const rareIdf = Math.max(0, ...Object.values(idf))
const telling = (concept: string): number => idf[concept] ?? rareIdf

/** The fingerprint of a text; null where it holds no word. */
export function fingerprint(text: string): Fingerprint | null {
  const words = plainWords(text)
  if (words.length === 0) return null
  const language = languageOf(text, words)
  const { hits, unknown } = read(words, language)
  const concepts = weighted(hits, language)
  const names = new Set(unknown.filter((word) => word.length > 2))
  return {
    language,
    grams: gramsOf(words.filter((word) => !isFunctionWord(word, language))),
    phrases: phrasesOf(words),
    ...hashed(concepts),
    names: hashes(names),
    numbers: hashes(words.filter((word) => /\d{2}/.test(word))),
    said: { concepts, names },
    agents: countedAgents(hits),
  }
}

/** Concepts in the order of their hashes, so that two lists are compared in one pass. */
function hashed(concepts: Map<string, number>) {
  const pairs = [...concepts].map(([concept, weight]) => [hash(concept), weight] as const)
  pairs.sort(([a], [b]) => a - b)
  return {
    concepts: Uint32Array.from(pairs, ([id]) => id),
    weights: Float64Array.from(pairs, ([, weight]) => weight),
    norm: Math.hypot(...concepts.values()),
  }
}

const hashes = (words: Iterable<string>): Uint32Array =>
  Uint32Array.from(new Set([...words].map(hash))).sort()

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
