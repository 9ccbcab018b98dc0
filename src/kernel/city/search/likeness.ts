// How far apart two spellings are, in tenths of a letter: what fingers and ears confuse costs less than a letter.

/** One whole letter wrong. */
export const ONE_LETTER = 10
const SWAP = 7
const DOUBLED = 4
const SILENT_LETTER = 7
const VOWEL = 6
const SOUNDS_ALIKE = 5
const NEXT_KEY = 7
const FIRST_LETTER = 3

const CODES = 128
const LONGEST = 40

const ALIKE = [
  'ckq',
  'sz',
  'cs',
  'vb',
  'fv',
  'fp',
  'gj',
  'jy',
  'dt',
  'mn',
  'iy',
  'wv',
  'gk',
  'jh',
  'xs',
  'bp',
  'lr',
]
const KEY_ROWS = ['qwertyuiop', 'asdfghjkl', 'zxcvbnm']
const VOWELS = 'aeiouy'

const substitution = substitutionCosts()

/**
 * The cost of turning one word into the other, or `limit` + 1 when it is over `limit`. Letters outside ASCII
 * compare as equal or wholly different.
 */
export function spellingCost(a: string, b: string, limit: number): number {
  if (a.length > LONGEST || b.length > LONGEST) return limit + 1
  let before = rows[0] as Int32Array
  let last = rows[1] as Int32Array
  let row = rows[2] as Int32Array
  last[0] = 0
  for (let j = 1; j <= b.length; j++) last[j] = (last[j - 1] as number) + insertion(b, j - 1)
  for (let i = 1; i <= a.length; i++) {
    const dropped = insertion(a, i - 1)
    row[0] = (last[0] as number) + dropped
    let least = row[0] as number
    for (let j = 1; j <= b.length; j++) {
      let cost = Math.min(
        (last[j] as number) + dropped,
        (row[j - 1] as number) + insertion(b, j - 1),
        (last[j - 1] as number) +
          exchange(a.charCodeAt(i - 1), b.charCodeAt(j - 1)) +
          first(a, b, i, j),
      )
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1] && a[i - 1] !== a[i - 2])
        cost = Math.min(cost, (before[j - 2] as number) + SWAP)
      row[j] = cost
      if (cost < least) least = cost
    }
    if (least > limit) return limit + 1
    ;[before, last, row] = [last, row, before]
  }
  return last[b.length] as number
}

const rows = [0, 1, 2].map(() => new Int32Array(LONGEST + 1))

/** People get the first letter right more often than any other. */
const first = (a: string, b: string, i: number, j: number): number =>
  i === 1 && j === 1 && a[0] !== b[0] ? FIRST_LETTER : 0

function insertion(word: string, at: number): number {
  const letter = word[at] as string
  if (at > 0 && word[at - 1] === letter) return DOUBLED
  if (at > 0 && (letter === 'h' || letter === 'e')) return SILENT_LETTER
  return ONE_LETTER
}

function exchange(a: number, b: number): number {
  if (a === b) return 0
  return a < CODES && b < CODES ? (substitution[a * CODES + b] as number) : ONE_LETTER
}

function substitutionCosts(): Uint8Array {
  const costs = new Uint8Array(CODES * CODES).fill(ONE_LETTER)
  const set = (a: string, b: string, cost: number) => {
    for (const [x, y] of [
      [a.charCodeAt(0), b.charCodeAt(0)],
      [b.charCodeAt(0), a.charCodeAt(0)],
    ] as const)
      costs[x * CODES + y] = Math.min(cost, costs[x * CODES + y] as number)
  }
  for (const a of VOWELS) for (const b of VOWELS) set(a, b, VOWEL)
  for (const [a, b] of nextKeys()) set(a, b, NEXT_KEY)
  for (const group of ALIKE) for (const a of group) for (const b of group) set(a, b, SOUNDS_ALIKE)
  return costs
}

function nextKeys(): [string, string][] {
  return KEY_ROWS.flatMap((keys, row) =>
    [...keys].flatMap((key, at) => {
      const below = KEY_ROWS[row + 1] ?? ''
      return [keys[at + 1], below[at], below[at - 1]].flatMap((other): [string, string][] =>
        other ? [[key, other]] : [],
      )
    }),
  )
}
