import type { Fingerprint } from './fingerprint.ts'

/** How alike the letters are, 0 to 1. */
export const gramSimilarity = ({ grams: a }: Fingerprint, { grams: b }: Fingerprint): number =>
  overlap(a, b)

/** How much two ascending lists share, 0 to 1. */
export const overlap = (a: Uint32Array, b: Uint32Array): number =>
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
  const fewest = Math.min(a.length, b.length)
  return fewest === 0 ? 0 : (2 * sharedCount(a, b)) / fewest - 1
}

/** How alike what they mention is, 0 to 1, telling things weighing more; whatever the languages. */
export function conceptSimilarity(a: Fingerprint, b: Fingerprint): number {
  let dot = 0
  for (let i = 0, j = 0; i < a.concepts.length && j < b.concepts.length; ) {
    const [x, y] = [a.concepts[i] as number, b.concepts[j] as number]
    if (x === y) dot += (a.weights[i] as number) * (b.weights[j] as number)
    if (x <= y) i++
    if (y <= x) j++
  }
  return dot === 0 ? 0 : dot / (a.norm * b.norm)
}

/** How many names they share, of those the shorter has; 0 to 1, and low where it has few. */
export const nameSimilarity = ({ names: a }: Fingerprint, { names: b }: Fingerprint): number =>
  sharedCount(a, b) / (Math.min(a.length, b.length) + 2)

/** Names both hold, longest first: two at most. */
export const sharedNames = ({ said: a }: Fingerprint, { said: b }: Fingerprint): string[] =>
  [...a.names]
    .filter((name) => b.names.has(name))
    .sort((x, y) => y.length - x.length)
    .slice(0, 2)

/** What nearly every report mentions is no reason to think two are of one event. */
const leastTelling = 1

/** The most telling things both mention: up to three, in plain English words. */
export function sharedConcepts({ said: a }: Fingerprint, { said: b }: Fingerprint): string[] {
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
