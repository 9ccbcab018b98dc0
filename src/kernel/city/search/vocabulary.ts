// All words of one city: exact, by prefix (a word not yet finished), misspelt, or as they sound in another script.
import { spellingCost } from './likeness.ts'
import { inLatin, softSoundOf, soundOf } from './sounds.ts'
import { Spellings } from './spellings.ts'
import type { Tables } from './tables.ts'

const MOST_PREFIX_WORDS = 400
const MOST_FUZZY_WORDS = 16

export type Meanings = Map<number, number>

export class Vocabulary {
  private readonly ids = new Map<string, number>()
  /** Words and long forms with letters only: what typing errors are looked for in. */
  private readonly lettered: [word: string, id: number][]
  private readonly spellings: Spellings
  private readonly sorted: string[]
  private readonly forms = new Map<string, number>()
  private sounds: Map<string, { word: string; id: number }[]> | undefined

  constructor({ words, forms, formWords }: Pick<Tables, 'words' | 'forms' | 'formWords'>) {
    words.forEach((word, i) => void this.ids.set(word, i))
    forms.forEach((form, i) => void this.forms.set(form, formWords[i] as number))
    this.lettered = [...this.ids, ...this.forms].filter(([word]) => !/\d/.test(word))
    this.spellings = new Spellings(this.lettered)
    this.sorted = [...words, ...forms].sort()
  }

  has(word: string): boolean {
    return this.ids.has(word)
  }

  /** The word's number, or undefined when no name holds it. */
  idOf(word: string): number | undefined {
    return this.ids.get(word)
  }

  /** Words that begin like this one, unfinished: number -> likeness. */
  startingWith(prefix: string, found: Meanings): void {
    const { sorted } = this
    for (
      let i = lowerBound(sorted, prefix);
      i < sorted.length && found.size < MOST_PREFIX_WORDS;
      i++
    ) {
      const word = sorted[i] as string
      if (!word.startsWith(prefix)) break
      const id = (this.ids.get(word) ?? this.forms.get(word)) as number
      if (word !== prefix) raise(found, id, 0.7 + (0.25 * prefix.length) / word.length)
    }
  }

  /** Words that this one may be a misspelling of, or may sound like: number -> likeness. Never numbers, where one digit is another street. */
  nearly(word: string, found: Meanings): void {
    if (/\d/.test(word) || word.length < 3) return
    const latin = inLatin(word)
    const near: Meanings = new Map()
    this.spellings.near(word, (id, likeness) => raise(near, id, likeness))
    this.soundingLike(latin ?? word, latin !== null, near)
    // Arabic writes "and" into the word that follows.
    if (latin && /^و./.test(word)) this.soundingLike(inLatin(word.slice(1)) ?? '', true, near)
    // Scripts without w write Woodside with a u.
    if (latin && /^u[^aeiouy]/.test(latin)) this.soundingLike(`w${latin}`, true, near)
    const best = [...near].sort((a, b) => b[1] - a[1]).slice(0, MOST_FUZZY_WORDS)
    for (const [id, likeness] of best) raise(found, id, likeness)
  }

  /** Likeness of the word that sounds most like this one of another script; 0 when none does. */
  bestSound(word: string): number {
    const found: Meanings = new Map()
    this.soundingLike(inLatin(word) ?? word, true, found)
    return Math.max(0, ...found.values())
  }

  /** In another script the sound is all there is; in Latin letters it is a second guess. */
  private soundingLike(latin: string, otherScript: boolean, found: Meanings): void {
    const sound = soundOf(latin)
    if (sound.length < (otherScript ? 1 : 2)) return
    this.sounds ??= this.bySound()
    for (const { word, id } of this.sounds.get(sound) ?? []) {
      const longest = Math.max(word.length, latin.length)
      const cost = spellingCost(latin, word, 10 * longest)
      // Vowels are the part of a sound that scripts agree on least.
      const likeness = 0.92 - ((otherScript ? 0.45 : 0.6) * cost) / (10 * longest)
      if (likeness > (otherScript ? 0.5 : 0.68)) raise(found, id, likeness)
    }
  }

  private bySound(): Map<string, { word: string; id: number }[]> {
    const sounds = new Map<string, { word: string; id: number }[]>()
    const add = (sound: string, entry: { word: string; id: number }) => {
      const list = sounds.get(sound)
      if (list) list.push(entry)
      else sounds.set(sound, [entry])
    }
    for (const [word, id] of this.lettered) {
      if (!/^[a-z]{3,}$/.test(word)) continue
      const sound = soundOf(word)
      const softer = softSoundOf(word)
      if (sound) add(sound, { word, id })
      if (softer && softer !== sound) add(softer, { word, id })
    }
    return sounds
  }
}

const raise = (found: Meanings, id: number, likeness: number): void => {
  if (likeness > (found.get(id) ?? 0)) found.set(id, likeness)
}

function lowerBound(sorted: readonly string[], word: string): number {
  let low = 0
  let high = sorted.length
  while (low < high) {
    const middle = (low + high) >>> 1
    if ((sorted[middle] as string) < word) low = middle + 1
    else high = middle
  }
  return low
}
