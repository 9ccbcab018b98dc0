import { franc } from 'franc'
import { data } from 'franc/data.js'

/** The languages of the packs, as the detector names them. */
const languageNames: Record<string, string> = {
  eng: 'en',
  spa: 'es',
  cmn: 'zh',
  rus: 'ru',
  ben: 'bn',
  hat: 'ht',
  kor: 'ko',
  arb: 'ar',
  urd: 'ur',
  fra: 'fr',
  pol: 'pl',
}
const only = Object.keys(languageNames)
const minLength = 20
/** Characters that are looked at. */
const mostLength = 1000

/**
 * Which language a text is in, or null when it is too short to say. Answers what franc answers; where
 * most of a text is plain Latin letters, which is most texts, by tables of our few languages instead of its
 * two hundred, since this stands between somebody and their receipt.
 */
export function detectLanguage(text: string | undefined): string | null {
  if (!text || text.length < minLength) return null
  const start = text.slice(0, mostLength)
  const found = isLatin(start) ? nearestLatin(start) : franc(start, { only, minLength })
  return languageNames[found] ?? null
}

/** More than half are letters of ASCII: then no other script can have as many. */
function isLatin(text: string): boolean {
  let letters = 0
  for (let at = 0; at < text.length; at++) {
    const small = text.charCodeAt(at) | 0x20
    if (small >= 0x61 && small <= 0x7a) letters++
  }
  return letters * 2 > text.length
}

/** In franc's own order: of two that are as near, the first. */
const latin = Object.entries(data.Latin ?? {})
  .filter(([name]) => name in languageNames)
  .map(([name, trigrams]) => ({ name, trigrams: trigrams.split('|') }))
/** Every trigram that is among the commonest of a language, and its number. */
const trigrams = [...new Set(latin.flatMap((language) => language.trigrams))]
/** The letters those are made of, numbered from 1; 0 is any other. */
const letters = [...new Set(trigrams.join(''))]
const numberOf = new Uint8Array(0x10000)
for (const [at, letter] of letters.entries()) numberOf[letter.charCodeAt(0)] = at + 1
const base = letters.length + 1
/** By its three letters: the number of a trigram, from 1. */
const known = new Uint16Array(base ** 3)
for (const [at, trigram] of trigrams.entries()) known[placeOf(trigram, 0)] = at + 1
/** What a trigram costs in a language that does not have it. */
const missing = 300
/** Of each trigram its rank in each of the languages, -1 where it is not among its commonest. */
const ranks = trigrams.map((trigram) => latin.map((language) => language.trigrams.indexOf(trigram)))

function placeOf(text: string, at: number): number {
  const [a, b, c] = [text.charCodeAt(at), text.charCodeAt(at + 1), text.charCodeAt(at + 2)]
  const [first, second, third] = [numberOf[a] ?? 0, numberOf[b] ?? 0, numberOf[c] ?? 0]
  return first && second && third ? (first * base + second) * base + third : 0
}

/** The language whose commonest trigrams are nearest to the text's: the sum of how far each is off. */
function nearestLatin(text: string): string {
  const { counts, seen } = trigramsOf(text)
  const distances = latin.map(() => 0)
  // A trigram that none of them has is as far from all of them.
  for (const trigram of seen)
    for (const [at, rank] of (ranks[trigram - 1] ?? []).entries())
      distances[at] =
        (distances[at] ?? 0) + (rank < 0 ? missing : Math.abs((counts[trigram] ?? 0) - rank - 1))
  return latin[distances.indexOf(Math.min(...distances))]?.name ?? ''
}

/** Which known trigrams a text has, and how often; digits and ASCII marks count as spaces. */
function trigramsOf(text: string): { counts: Uint16Array; seen: number[] } {
  const clean = ` ${text
    .replace(/[\s\u0021-\u0040]+/g, ' ')
    .trim()
    .toLowerCase()} `
  const counts = new Uint16Array(trigrams.length + 1)
  const seen: number[] = []
  for (let at = 0; at + 3 <= clean.length; at++) {
    const trigram = known[placeOf(clean, at)] ?? 0
    if (trigram === 0) continue
    if (counts[trigram] === 0) seen.push(trigram)
    counts[trigram] = (counts[trigram] ?? 0) + 1
  }
  return { counts, seen }
}
