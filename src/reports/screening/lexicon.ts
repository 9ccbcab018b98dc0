import { languages } from './languages.ts'
import { type Token, tokensOf } from './tokens.ts'

/** What a word or phrase can mean to the screen; docs/screening.md says what each list is for. */
export const lists = [
  ...['digits', 'separators', 'at', 'dot', 'fillers', 'phoneCues', 'plateCues', 'badgeCues'],
  ...['idCues', 'handleCues', 'titles', 'groups', 'nameCues', 'nameStops', 'names', 'streetAfter'],
  ...[
    'streetBefore',
    'units',
    'houseCues',
    'counted',
    'numberMarks',
    'notHouses',
    'money',
    'unitsOfHouse',
    'softCues',
  ],
] as const
export type List = (typeof lists)[number]

interface Phrase {
  list: string
  words: { text: string; stem: boolean }[]
  value: string
}

/** Phrases by their first word, stems by their first two letters. */
const whole = new Map<string, Phrase[]>()
const stems = new Map<string, Phrase[]>()

for (const language of Object.values(languages))
  for (const [list, words] of Object.entries(language).filter(([name]) => name !== 'about'))
    for (const word of String(words).split(',')) enter(list, word.trim())

/** `word`, `two words`, `stem*`, `word=value`. */
function enter(list: string, written: string): void {
  const [phrase = '', value = ''] = written.split('=')
  const words: Phrase['words'] = []
  for (const token of tokensOf(phrase)) {
    const last = words.at(-1)
    if (token.text === '*' && last) last.stem = true
    else words.push({ text: token.text, stem: false })
  }
  const [first] = words
  if (!first) return
  const key = first.stem ? first.text.slice(0, 2) : first.text
  const map = first.stem ? stems : whole
  map.set(key, [...(map.get(key) ?? []), { list, words, value }])
}

/** Most letters that may follow a stem. */
const endingLetters = 5

const fits = (word: Phrase['words'][number], token: Token | undefined): boolean =>
  token !== undefined &&
  (word.stem
    ? token.text.startsWith(word.text) && token.text.length <= word.text.length + endingLetters
    : token.text === word.text)

/** Arabic and Urdu write "and", "the", "to" as one word with what follows. */
const joined = ['وال', 'بال', 'لل', 'ال', 'و', 'ب', 'ل', 'ف']
function variants(token: Token): Token[] {
  if (token.script !== 'uncased') return [token]
  const shorter = joined
    .filter((prefix) => token.text.startsWith(prefix) && token.text.length > prefix.length + 1)
    .map((prefix) => ({ ...token, text: token.text.slice(prefix.length) }))
  return [token, ...shorter]
}

export interface Match {
  list: string
  /** One past its last token. */
  end: number
  value: string
}

/** Everything that begins at a token; `step` is told of each comparison. */
export function matchesAt(tokens: readonly Token[], at: number, step: () => void): Match[] {
  const token = tokens[at]
  const found: Match[] = []
  if (!token || token.type === 'number') return found
  const enterAll = (phrases: readonly Phrase[] | undefined, variant: Token): void => {
    if (!phrases) return
    for (const phrase of phrases) {
      step()
      const end = endOf(phrase, variant, tokens, at)
      if (end > 0) found.push({ list: phrase.list, end, value: phrase.value })
    }
  }
  for (const variant of variants(token)) {
    enterAll(whole.get(variant.text), variant)
    enterAll(stems.get(variant.text.slice(0, 2)), variant)
  }
  return found
}

function endOf({ words }: Phrase, first: Token, tokens: readonly Token[], at: number): number {
  let next = at
  for (const word of words) {
    // "lic. plate", "no. de placa": a full stop between the words of a phrase is nothing.
    if (next > at && tokens[next]?.text === '.' && word.text !== '.') next++
    if (!fits(word, next === at ? first : tokens[next])) return 0
    next++
  }
  return next
}
