// Mends what goes wrong between words: spaces left out or put in, and small words misspelt.
import { spellingCost } from './likeness.ts'
import { tokensOf } from './normalise.ts'
import type { SearchIndex } from './search-index.ts'
import { inLatin } from './sounds.ts'
import { JOINERS, SILENT } from './words.ts'

/** English words around streets that are long enough to be told from others when misspelt. */
const AROUND = [
  'corner',
  'intersection',
  'between',
  'near',
  'esquina',
  'street',
  'avenue',
  'station',
  'boulevard',
]
const MISSPELT_AND = new Set([
  'adn',
  'nad',
  'amd',
  'snd',
  'ans',
  'andd',
  'aand',
  'annd',
  'ad',
  'abd',
  'anf',
  'an',
  'nd',
])

/** "adn" -> "and", "conrer" -> "corner", "eigthy" -> "eighty": only words that no name holds. */
export function mendJoiners(index: SearchIndex, words: readonly string[]): string[] {
  return words.map((word, i) => {
    if (
      MISSPELT_AND.has(word) &&
      i > 0 &&
      i < words.length - 1 &&
      !/\d$/.test(words[i - 1] as string)
    )
      return 'and'
    if (word.length < 3 || !/^[a-z]+$/.test(word) || JOINERS.has(word) || SILENT.has(word))
      return word
    if (index.vocabulary.has(tokensOf([word], index.ownWords)[0]?.text ?? '')) return word
    return AROUND.find((known) => spellingCost(word, known, MOST_WRONG) <= MOST_WRONG) ?? word
  })
}

/** One letter, whichever. */
const MOST_WRONG = 10

/** "la guardia" -> "laguardia", "jacksonheights" -> "jackson heights", where the vocabulary knows better. */
export function mendSpaces(index: SearchIndex, words: readonly string[]): string[] {
  const joined = joinPairs(words, (word, next) => joinedWith(index, word, next))
  return joined.flatMap((word) => (index.vocabulary.has(word) ? [word] : splitJoined(index, word)))
}

/** "ہل سائیڈ" is Hillside: joined by the ear, since no letter of it is in any name. */
export function mendHeard(index: SearchIndex, words: readonly string[]): string[] {
  return joinPairs(words, (word, next) => {
    const heard = [word, next].every((part) => inLatin(part) !== null && !isAddressWord(part))
    return heard && index.vocabulary.bestSound(word + next) > SURELY_HEARD ? word + next : undefined
  })
}

function joinPairs(
  words: readonly string[],
  join: (word: string, next: string) => string | undefined,
): string[] {
  const joined: string[] = []
  for (let i = 0; i < words.length; i++) {
    const pair = i + 1 < words.length ? join(words[i] as string, words[i + 1] as string) : undefined
    joined.push(pair ?? (words[i] as string))
    if (pair) i++
  }
  return joined
}

function joinedWith({ vocabulary }: SearchIndex, word: string, next: string): string | undefined {
  const pair = word + next
  if (!/\p{L}$/u.test(word) || !/^\p{L}/u.test(next)) return undefined
  // "van dam" is two words where both are known, but a lone "la", "de" or "mc" is half a word.
  const half =
    /^(la|de|mc|mac|le|du|van|o|st)$/.test(word) || !vocabulary.has(word) || !vocabulary.has(next)
  return half && vocabulary.has(pair) ? pair : undefined
}

const SURELY_HEARD = 0.72

const isAddressWord = (word: string): boolean =>
  JOINERS.has(word) || SILENT.has(word) || tokensOf([word], new Map())[0]?.text !== word

function splitJoined(index: SearchIndex, word: string): string[] {
  const [token, ...more] = tokensOf([word], index.ownWords)
  if (
    word.length < 5 ||
    /\d/.test(word) ||
    more.length > 0 ||
    token?.text !== word ||
    token.wordClass !== 'core' ||
    inLatin(word) !== null
  )
    return [word]
  const glued = /^([a-z]{3,})(st|str|ave?|blvd|rd|pl|pkwy)$/.exec(word)
  if (glued && index.vocabulary.has(glued[1] as string)) return glued.slice(1)
  for (let at = 3; at <= word.length - 3; at++) {
    const parts = [word.slice(0, at), word.slice(at)]
    if (
      parts.every((part) =>
        tokensOf([part], index.ownWords).every(({ text }) => index.vocabulary.has(text)),
      )
    )
      return parts
  }
  return [word]
}
