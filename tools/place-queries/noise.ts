// How fingers, ears and hurry spoil a word.
import type { Chance } from './chance.ts'

export type Noise = (text: string, draw: Chance) => string

const KEY_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const VOWELS = 'aeiou'
/** What is heard -> how it is written by somebody who never saw it; tried in the order drawn. */
const HEARD: [RegExp, string][] = [
  [/ph/, 'f'],
  [/f/, 'ph'],
  [/ck/, 'k'],
  [/c(?=[aou])/, 'k'],
  [/k/, 'c'],
  [/qu/, 'kw'],
  [/v/, 'b'],
  [/w/, 'gu'],
  [/y$/, 'ie'],
  [/ee/, 'i'],
  [/oo/, 'u'],
  [/ou/, 'u'],
  [/ea/, 'ee'],
  [/ei/, 'ie'],
  [/ai/, 'ay'],
  [/ay/, 'ei'],
  [/igh/, 'y'],
  [/gh/, 'g'],
  [/s(?=[aeiou])/, 'z'],
  [/z/, 's'],
  [/c(?=[ei])/, 's'],
  [/j/, 'y'],
  [/er$/, 'a'],
  [/er(?!$)/, 'ur'],
  [/tion/, 'shun'],
  [/x/, 'ks'],
  [/th/, 't'],
  [/h(?=[aeiou])/, 'j'],
  [/le$/, 'el'],
  [/([a-z])\1/, '$1'],
]

/** One letter too many: any letter, after the first. */
export const insert: Noise = (word, draw) => {
  const at = 1 + draw.below(word.length)
  return word.slice(0, at) + draw.pick([...'etaoinshrdlu']) + word.slice(at)
}

/** One letter left out, now and then the first. */
export const leaveOut: Noise = (word, draw) => {
  const at = draw.oneIn(12) ? 0 : 1 + draw.below(word.length - 1)
  return word.slice(0, at) + word.slice(at + 1)
}

/** Two neighbours the wrong way round. */
export const swap: Noise = (word, draw) => {
  const at = draw.below(word.length - 1)
  return (
    word.slice(0, at) +
    word
      .slice(at, at + 2)
      .split('')
      .reverse()
      .join('') +
    word.slice(at + 2)
  )
}

/** A vowel for another, or any letter for any. */
export const replace: Noise = (word, draw) => {
  const at = draw.below(word.length)
  const vowel = VOWELS.includes(word[at] as string)
  const other = [...(vowel ? VOWELS : 'bcdfghklmnprstvw')].filter((letter) => letter !== word[at])
  return word.slice(0, at) + draw.pick(other) + word.slice(at + 1)
}

/** The key beside the one that was meant, on a phone's keyboard. */
export const neighbourKey: Noise = (word, draw) => {
  const at = draw.below(word.length)
  const keys = keysBeside(word[at] as string)
  return keys.length === 0
    ? swap(word, draw)
    : word.slice(0, at) + draw.pick(keys) + word.slice(at + 1)
}

/** A letter twice. */
export const double: Noise = (word, draw) => {
  const at = draw.below(word.length)
  return word.slice(0, at + 1) + word.slice(at)
}

/** As it sounds: one rule of HEARD that changes the word. */
export const asHeard: Noise = (word, draw) => {
  const fitting = HEARD.filter(([from]) => from.test(word))
  const [from, to] = fitting.length > 0 ? draw.pick(fitting) : ([/$/, 'e'] as const)
  return word.replace(from, to)
}

function keysBeside(letter: string): string[] {
  const row = KEY_ROWS.findIndex((keys) => keys.includes(letter))
  if (row < 0) return []
  const at = (KEY_ROWS[row] as string).indexOf(letter)
  const around = [
    [row, at - 1],
    [row, at + 1],
    [row - 1, at],
    [row - 1, at + 1],
    [row + 1, at - 1],
    [row + 1, at],
  ] as const
  return around.flatMap(([r, i]) => KEY_ROWS[r]?.[i] ?? [])
}

/** Spoils one word of four letters or more; text without any comes back as it is. */
export function spoil(text: string, noise: Noise, draw: Chance): string {
  const words = text.split(' ')
  const long = words.flatMap((word, i) => (/^[a-z]{4,}$/i.test(word) ? [i] : []))
  if (long.length === 0) return text
  const at = draw.pick(long)
  words[at] = noise((words[at] as string).toLowerCase(), draw)
  return words.join(' ')
}
