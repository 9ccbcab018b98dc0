// Several words that stand for others ("bed stuy"), and scripts without spaces, read from the left, longest first.
import { fold, splitWords } from './fold.ts'
import { LANGUAGES } from './languages.ts'
import { hanNumber } from './numbers.ts'
import { STREET_TYPES } from './words.ts'

const HAN = /\p{Script=Han}/u
const LONGEST_HAN = 10

export interface Phrases {
  /** Words with phrases replaced; a run of Chinese characters comes out as words. */
  replace(words: readonly string[]): string[]
}

/**
 * Makes the phrases of one city: `settings` from its pack, `hanNames` the Chinese names of its places, which stand
 * for themselves.
 */
export function makePhrases(
  settings: Readonly<Record<string, string>>,
  hanNames: Iterable<string>,
): Phrases {
  const spaced = new Map<string, { from: string[]; to: string[] }[]>()
  const han = hanWords(hanNames)
  for (const [from, to] of Object.entries(settings)) {
    const [words, meaning] = [splitWords(fold(from)), splitWords(fold(to))]
    if (HAN.test(from)) han.set(words.join(''), meaning)
    else
      spaced.set(words[0] as string, [
        ...(spaced.get(words[0] as string) ?? []),
        { from: words, to: meaning },
      ])
  }
  for (const list of spaced.values()) list.sort((a, b) => b.from.length - a.from.length)
  return {
    replace(words) {
      const replaced: string[] = []
      for (let i = 0; i < words.length; ) {
        const word = words[i] as string
        const found = spaced
          .get(word)
          ?.find(({ from }) => from.every((part, n) => words[i + n] === part))
        if (found) replaced.push(...found.to)
        else if (HAN.test(word)) replaced.push(...readHan(word, han))
        else replaced.push(word)
        i += found?.from.length ?? 1
      }
      return replaced
    },
  }
}

function hanWords(names: Iterable<string>): Map<string, string[]> {
  const words = new Map<string, string[]>()
  for (const name of names) words.set(name, [name])
  const { joiners = '', silent = '', kinds = {} } = LANGUAGES.zh ?? {}
  for (const word of silent.split(' ')) words.set(fold(word), [])
  for (const word of joiners.split(' ')) words.set(fold(word), ['&'])
  for (const [form] of STREET_TYPES) if (HAN.test(form)) words.set(form, [form])
  for (const list of Object.values(kinds))
    for (const word of list.split(' ')) words.set(fold(word), [fold(word)])
  words.set('第', [])
  return words
}

/** "八十二街和罗斯福大道" -> 82, 街, &, roosevelt, 大道. Characters that nothing explains stay together as one word. */
function readHan(run: string, dictionary: ReadonlyMap<string, string[]>): string[] {
  const words: string[] = []
  let unexplained = ''
  const flush = () => {
    if (unexplained) words.push(unexplained)
    unexplained = ''
  }
  for (let at = 0; at < run.length; ) {
    const [found, length] = hanAt(run, at, dictionary)
    if (length > 0) {
      flush()
      words.push(...found)
    } else unexplained += run[at]
    at += length || 1
  }
  flush()
  return words
}

function hanAt(
  run: string,
  at: number,
  dictionary: ReadonlyMap<string, string[]>,
): [words: string[], length: number] {
  for (let length = Math.min(LONGEST_HAN, run.length - at); length > 0; length--) {
    const found = dictionary.get(run.slice(at, at + length))
    if (found) return [found, length]
  }
  const [value, digits] = hanNumber(run.slice(at))
  if (digits > 0) return [[String(value)], digits]
  const other = /^[^\p{Script=Han}]+/u.exec(run.slice(at))?.[0]
  return other ? [[other], other.length] : [[], 0]
}
