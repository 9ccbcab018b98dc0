import lookalikes from './lookalikes.json' with { type: 'json' }

/** One letter as it is matched, and which stretch of the original (UTF-16) it stands for. */
export interface Folded {
  letter: string
  start: number
  end: number
  upper: boolean
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
const jamo = /[\u1100-\u11FF]/u
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

/**
 * A text as it is matched: small letters without accents, digits of any script as ASCII, lookalike
 * letters of other scripts as Latin ones (in cue words as well, so that both sides agree), invisible
 * marks gone. Each letter knows its place in the original. One step a character.
 */
export function fold(text: string): Folded[] {
  const out: Folded[] = []
  for (let at = 0; at < text.length; ) {
    const size = (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1
    const end = jamo.test(text[at] ?? '') ? endOfJamo(text, at) : at + size
    add(out, text.slice(at, end), at, end)
    at = end
  }
  return out
}

/** Korean that came letter by letter is put together into syllables. */
function endOfJamo(text: string, from: number): number {
  let end = from
  while (end < text.length && end < from + 3 && jamo.test(text[end] ?? '')) end++
  return end
}

function add(out: Folded[], original: string, start: number, end: number): void {
  const code = original.codePointAt(0) ?? 0
  const upper = capital.test(unboxed(code) ?? original.normalize('NFKC'))
  let added = false
  for (const letter of lettersOf(original, code)) {
    if (isDropped(letter)) continue
    out.push({ letter: alike.get(letter) ?? letter, start, end, upper })
    added = true
  }
  const last = out.at(-1)
  // A mark that goes belongs to the letter before it: what is held back takes it along.
  if (!added && last && !/\s/u.test(last.letter)) last.end = end
}

function lettersOf(original: string, code: number): string {
  if (number.test(original)) return digitValue(code)
  const box = unboxed(code)
  if (box) return box.toLowerCase()
  const whole = original.normalize('NFKC')
  return /\p{Script=Hangul}/u.test(whole) ? whole : whole.toLowerCase().normalize('NFKD')
}
