// Finds the texts of a list that a misspelt one may stand for, without comparing it with most of them.
import { spellingCost } from './likeness.ts'

/** Tenths of a letter that may be wrong, by the length of the word. */
const ALLOWED = [0, 0, 0, 10, 10, 13, 15, 18, 20, 22, 24]
const MOST_LONGER = 2

interface Entry {
  text: string
  number: number
  letters: number
}

export class Spellings {
  private readonly byLength: Entry[][] = []

  /** Texts with the number each stands for. */
  constructor(texts: Iterable<readonly [text: string, number: number]>) {
    for (const [text, number] of texts) {
      this.byLength[text.length] ??= []
      this.byLength[text.length]?.push({ text, number, letters: lettersOf(text) })
    }
  }

  /** Tells each text within the allowed errors of this one, but not the text itself: its number, and the likeness (under 1). */
  near(text: string, tell: (number: number, likeness: number) => void): void {
    const allowed = ALLOWED[Math.min(text.length, ALLOWED.length - 1)] as number
    if (allowed === 0) return
    const letters = lettersOf(text)
    for (
      let length = Math.max(3, text.length - MOST_LONGER);
      length <= text.length + MOST_LONGER;
      length++
    ) {
      for (const other of this.byLength[length] ?? []) {
        // One wrong letter changes at most two of the letters used: a cheap test that spares nearly every comparison.
        if (bitCount(other.letters ^ letters) > 2 * MOST_LONGER || other.text === text) continue
        const cost = spellingCost(text, other.text, allowed)
        if (cost <= allowed)
          tell(other.number, 0.95 - (0.05 * cost) / 10 - (0.035 * cost) / text.length)
      }
    }
  }
}

function lettersOf(word: string): number {
  let bits = 0
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31)
  return bits
}

function bitCount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}
