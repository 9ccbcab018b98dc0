import lookalikes from './lookalikes.json' with { type: 'json' }

/** A letter as it is matched: what it is, and whether it was written as a capital. */
export interface Letter {
  letter: string
  upper: boolean
  kind: Kind
  script: Script
}
export type Kind = 'word' | 'number' | 'mark' | 'han' | 'hangul' | 'space'
export type Script = 'han' | 'hangul' | 'cased' | 'uncased'

/** One letter, and which stretch of the original (UTF-16) it stands for. */
export interface Folded {
  as: Letter
  start: number
  end: number
}

const anyLetter = /\p{L}|\p{M}/u
const han = /[\p{Script=Han}〇]/u
const hangul = /\p{Script=Hangul}/u
const cased = /[\p{Script=Latin}\p{Script=Cyrillic}\p{Script=Greek}]/u
const space = /\s/u

function kindOf(letter: string): Kind {
  if (letter >= '0' && letter <= '9') return 'number'
  if (space.test(letter)) return 'space'
  if (han.test(letter)) return 'han'
  if (hangul.test(letter)) return 'hangul'
  return anyLetter.test(letter) ? 'word' : 'mark'
}

/** Marks that no reader sees or that only adorn a letter: what is spelt with them reads without. */
const unseen = /\p{Default_Ignorable_Code_Point}|\p{Cf}|\p{Me}|\u0640/u
const adorning: readonly [first: number, last: number][] = [
  [0x300, 0x36f],
  [0x610, 0x61a],
  [0x64b, 0x65f],
  [0x670, 0x670],
  [0x6d6, 0x6ed],
  [0x20d0, 0x20ff],
]
const isDropped = (letter: string): boolean => {
  const code = letter.codePointAt(0) ?? 0
  return unseen.test(letter) || adorning.some(([first, last]) => code >= first && code <= last)
}
const isJamo = (code: number): boolean => code >= 0x1100 && code <= 0x11ff
const number = /\p{Nd}/u
const capital = /\p{Lu}|\p{Lt}/u

const alike = new Map<string, string>()
for (const [letter, others] of Object.entries(lookalikes.letters))
  for (const other of others) alike.set(other, letter)

/** The value of a decimal digit of any script: each script's ten stand side by side, zero first. */
function digitValue(code: number): string {
  let before = 0
  while (before < 50 && number.test(String.fromCodePoint(code - before - 1))) before++
  return String(before % 10)
}

/** Letters in circles, squares and flags, which Unicode itself does not take apart. */
const boxed: readonly [first: number, last: number][] = [
  [0x1f150, 0x1f169],
  [0x1f170, 0x1f189],
  [0x1f1e6, 0x1f1ff],
]
function unboxed(code: number): string | null {
  const block = boxed.find(([first, last]) => code >= first && code <= last)
  return block ? String.fromCharCode(0x41 + code - block[0]) : null
}

/** What each character of the first plane reads as: at most 65,536, each worked out once. */
const known = new Map<number, readonly Letter[]>()

function readsAs(code: number): readonly Letter[] {
  const before = known.get(code)
  if (before) return before
  const letters = lettersOf(String.fromCodePoint(code))
  if (code <= 0xffff) known.set(code, letters)
  return letters
}

/**
 * A text as it is matched: small letters without accents, digits of any script as ASCII, lookalike
 * letters of other scripts as Latin ones (in cue words as well, so that both sides agree), invisible
 * marks gone. Each letter knows its place in the original. One step a character.
 */
export function fold(text: string): Folded[] {
  const out: Folded[] = []
  for (let at = 0; at < text.length; ) {
    const code = text.codePointAt(at) as number
    const inParts = isJamo(code)
    const end = inParts ? endOfJamo(text, at) : at + (code > 0xffff ? 2 : 1)
    add(out, inParts ? lettersOf(text.slice(at, end)) : readsAs(code), at, end)
    at = end
  }
  return out
}

/** Korean that came letter by letter is put together into syllables. */
function endOfJamo(text: string, from: number): number {
  let end = from
  while (end < text.length && end < from + 3 && isJamo(text.charCodeAt(end))) end++
  return end
}

function add(out: Folded[], letters: readonly Letter[], start: number, end: number): void {
  for (const as of letters) out.push({ as, start, end })
  const last = out.at(-1)
  // A mark that goes belongs to the letter before it: what is held back takes it along.
  if (letters.length === 0 && last && last.as.kind !== 'space') last.end = end
}

function lettersOf(original: string): Letter[] {
  const code = original.codePointAt(0) ?? 0
  const upper = capital.test(unboxed(code) ?? original.normalize('NFKC'))
  return [...spelt(original, code)]
    .filter((letter) => !isDropped(letter))
    .map((letter) => letterOf(alike.get(letter) ?? letter, upper))
}

function letterOf(letter: string, upper: boolean): Letter {
  const kind = kindOf(letter)
  const other = cased.test(letter[0] ?? '') ? 'cased' : 'uncased'
  return { letter, upper, kind, script: kind === 'han' || kind === 'hangul' ? kind : other }
}

function spelt(original: string, code: number): string {
  if (number.test(original)) return digitValue(code)
  const box = unboxed(code)
  if (box) return box.toLowerCase()
  const whole = original.normalize('NFKC')
  return hangul.test(whole) ? whole : whole.toLowerCase().normalize('NFKD')
}
