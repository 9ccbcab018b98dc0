// How a word sounds, roughly enough that "Рузвельт", "روزفلت", "রুজভেল্ট" and "rusvelt" all sound like Roosevelt.
import { LETTERS } from './letters.ts'

const OTHER_SCRIPT = /[\p{Script=Cyrillic}\p{Script=Arabic}\p{Script=Bengali}\p{Script=Hangul}]/u

/** The word in Latin letters; null when it has no letter of the scripts we read. */
export function inLatin(word: string): string | null {
  if (!OTHER_SCRIPT.test(word)) return null
  let latin = ''
  let known = false
  for (let at = 0; at < word.length; ) {
    const length = [3, 2, 1].find((n) => LETTERS.has(word.slice(at, at + n))) ?? 0
    latin += length > 0 ? LETTERS.get(word.slice(at, at + length)) : word[at]
    known ||= length > 0
    at += length || 1
  }
  if (!known) return null
  // Arabic writes w and y for long vowels: between consonants they are.
  return /\p{Script=Arabic}/u.test(word)
    ? latin.replace(/w(?![aeiouy])/g, 'u').replace(/y(?![aeiouy])/g, 'i')
    : latin
}

/** Spellings that mislead the ear -> what is heard. In this order. */
const HEARD: [RegExp, string][] = [
  [/^kn/, 'n'],
  [/^wr/, 'r'],
  [/wh|hw/g, 'w'],
  [/igh/g, 'y'],
  [/gh(?=t|$)/g, ''],
  [/ph/g, 'f'],
  [/stl/g, 'sl'],
  [/^isl/, 'il'],
  [/tion|sion/g, 'shn'],
  [/qu/g, 'kw'],
  [/x/g, 'ks'],
  [/ck|q/g, 'k'],
  [/sch|tch|sh|ch|zh|dzh|dj|j/g, 's'],
  [/g(?=[eiy])/g, 's'],
  [/c(?=[eiy])/g, 's'],
  [/c/g, 'k'],
  [/ng/g, 'n'],
  [/w(?![aeiouy])/g, ''],
  [/(.)h/g, '$1'],
]
const SOUND: Record<string, string> = {
  ...{ b: 'B', p: 'B', f: 'B', v: 'B', w: 'B' },
  ...{ k: 'K', g: 'K', d: 'T', t: 'T', s: 'S', z: 'S' },
  ...{ r: 'R', l: 'R', m: 'M', n: 'N' },
}

/** The consonants one hears, in coarse classes; words that sound alike have the same. Empty for words of vowels only. */
export function soundOf(latin: string): string {
  let text = latin
  for (const [from, to] of HEARD) text = text.replace(from, to)
  let sound = text.startsWith('h') ? 'H' : ''
  let previous = ''
  for (const letter of text) {
    const heard = SOUND[letter] ?? ''
    // "ts" and "dz" are one sound in most ears; so is the same sound twice.
    if (heard === 'S' && previous === 'T') sound = sound.slice(0, -1)
    if (heard && !sound.endsWith(heard)) sound += heard
    previous = heard
  }
  return sound
}

/** The same for ears that drop an r before a consonant and at the end, and the k in "junction". */
export const softSoundOf = (latin: string): string =>
  soundOf(latin.replace(/r(?![aeiouy])/g, '')).replace('NKS', 'NS')
