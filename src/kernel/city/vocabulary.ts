// All words of one index: exact, by prefix (a word not yet finished), and with a typing error or two.

export interface Expansion {
  wordId: number
  /** 1 for the word itself, less for a prefix or a typing error. */
  likeness: number
}

const MOST_PREFIX_WORDS = 400
const MOST_FUZZY_WORDS = 12

/** Grows while the index is built; `seal` before asking for prefixes or errors. */
export class Vocabulary {
  private readonly ids = new Map<string, number>()
  private readonly words: string[] = []
  /** Word number of each entry of `words`; long forms ("heights") carry the number of the short one ("hts"). */
  private readonly meanings: number[] = []
  private readonly forms = new Map<string, number>()
  private sorted: string[] = []
  private signatures = new Int32Array(0)

  /** The word's number, made on first sight. */
  idOf(word: string): number {
    const known = this.ids.get(word)
    if (known !== undefined) return known
    const id = this.words.length
    this.ids.set(word, id)
    this.words.push(word)
    this.meanings.push(id)
    return id
  }

  /** Lets a half-typed or misspelt long form lead to its short form, if that is in use. */
  addForm(form: string, word: string): void {
    const id = this.ids.get(word)
    if (id === undefined || this.ids.has(form) || this.forms.has(form)) return
    this.forms.set(form, id)
    this.words.push(form)
    this.meanings.push(id)
  }

  seal(): void {
    this.sorted = [...this.words].sort()
    this.signatures = Int32Array.from(this.words, signatureOf)
  }

  has(word: string): boolean {
    return this.ids.has(word)
  }

  /** Words that `word` may stand for, best first. Typing errors are tried when nothing else fits, or on demand. */
  expand(word: string, { unfinished = false, forceFuzzy = false } = {}): Expansion[] {
    const exact = this.ids.get(word)
    const found: Expansion[] = exact === undefined ? [] : [{ wordId: exact, likeness: 1 }]
    if (unfinished) found.push(...this.startingWith(word))
    if (found.length === 0 || forceFuzzy) found.push(...this.nearly(word))
    return found
  }

  private startingWith(prefix: string): Expansion[] {
    const found: Expansion[] = []
    for (
      let i = lowerBound(this.sorted, prefix);
      i < this.sorted.length && found.length < MOST_PREFIX_WORDS;
      i++
    ) {
      const word = this.sorted[i] as string
      if (!word.startsWith(prefix)) break
      if (word !== prefix)
        found.push({
          wordId: (this.ids.get(word) ?? this.forms.get(word)) as number,
          likeness: 0.7 + (0.25 * prefix.length) / word.length,
        })
    }
    return found
  }

  /** One letter wrong in words of 4 to 7 letters, two in longer ones; never in numbers, where one digit is another street. */
  private nearly(word: string): Expansion[] {
    const allowed = /\d/.test(word) || word.length < 4 ? 0 : word.length < 8 ? 1 : 2
    if (allowed === 0) return []
    const signature = signatureOf(word)
    const found: Expansion[] = []
    for (let i = 0; i < this.words.length; i++) {
      // One edit changes at most two letters of the signature: a cheap test that spares nearly every comparison.
      if (bitCount((this.signatures[i] as number) ^ signature) > 2 * allowed) continue
      const other = this.words[i] as string
      if (other === word || /\d/.test(other) || Math.abs(other.length - word.length) > allowed)
        continue
      const errors = editDistance(word, other, allowed)
      if (errors <= allowed)
        found.push({ wordId: this.meanings[i] as number, likeness: 0.95 - 0.12 * errors })
    }
    return found.sort((a, b) => b.likeness - a.likeness).slice(0, MOST_FUZZY_WORDS)
  }
}

/** Letters wrong between two words, a swap of neighbours counting one; stops at `limit` + 1. */
export function editDistance(a: string, b: string, limit: number): number {
  let before: number[] = []
  let last = Array.from({ length: b.length + 1 }, (_, i) => i)
  for (let i = 1; i <= a.length; i++) {
    const row = [i]
    for (let j = 1; j <= b.length; j++) row.push(cellOf(a, b, i, j, row, last, before))
    if (Math.min(...row) > limit) return limit + 1
    before = last
    last = row
  }
  return last[b.length] as number
}

function cellOf(
  a: string,
  b: string,
  i: number,
  j: number,
  row: number[],
  last: number[],
  before: number[],
): number {
  const same = a[i - 1] === b[j - 1] ? 0 : 1
  const plain = Math.min(
    (last[j] as number) + 1,
    (row[j - 1] as number) + 1,
    (last[j - 1] as number) + same,
  )
  const swapped = i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]
  return swapped ? Math.min(plain, (before[j - 2] as number) + 1) : plain
}

function signatureOf(word: string): number {
  let bits = 0
  for (let i = 0; i < word.length; i++) bits |= 1 << (word.charCodeAt(i) & 31)
  return bits
}

function bitCount(bits: number): number {
  let n = bits - ((bits >>> 1) & 0x55555555)
  n = (n & 0x33333333) + ((n >>> 2) & 0x33333333)
  return (((n + (n >>> 4)) & 0x0f0f0f0f) * 0x01010101) >>> 24
}

function lowerBound(sorted: string[], word: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as string) < word) low = middle + 1
    else high = middle
  }
  return low
}
