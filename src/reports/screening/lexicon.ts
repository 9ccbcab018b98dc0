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
  if (!token || token.type === 'number') return []
  const found: Match[] = []
  for (const variant of variants(token))
    for (const phrase of [
      ...(whole.get(variant.text) ?? []),
      ...(stems.get(variant.text.slice(0, 2)) ?? []),
    ]) {
      step()
      const end = endOf(phrase, variant, tokens, at)
      if (end > 0) found.push({ list: phrase.list, end, value: phrase.value })
    }
  return found
}

function endOf(phrase: Phrase, first: Token, tokens: readonly Token[], at: number): number {
  const [head, ...rest] = phrase.words
  if (!head || !fits(head, first)) return 0
  let next = at + 1
  for (const word of rest) {
    // "lic. plate", "no. de placa": a full stop between the words of a phrase is nothing.
    if (tokens[next]?.text === '.' && word.text !== '.') next++
    if (!fits(word, tokens[next])) return 0
    next++
  }
  return next
}
