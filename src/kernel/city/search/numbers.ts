// Numbers in words become digits before anything else is read: "eighty-second", "one hundred and third", "ochenta y dos".
import { fold } from './fold.ts'
import { LANGUAGES } from './languages.ts'

const ONES =
  'one two three four five six seven eight nine ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen'.split(
    ' ',
  )
const ORDINAL_ONES =
  'first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth'.split(
    ' ',
  )
const TENS = 'ten twenty thirty forty fifty sixty seventy eighty ninety'.split(' ')
const ORDINAL_TENS =
  'tenth twentieth thirtieth fortieth fiftieth sixtieth seventieth eightieth ninetieth'.split(' ')
const HUNDRED = new Set(['hundred', 'hundredth'])
/** Joins ten and one, or hundred and rest, within a number. */
const WITHIN = new Set(['and', 'y', 'e'])

const VALUES = new Map<string, number>()
ONES.forEach((word, i) => void VALUES.set(word, i + 1))
ORDINAL_ONES.forEach((word, i) => void VALUES.set(word, i + 1))
TENS.forEach((word, i) => void VALUES.set(word, (i + 1) * 10))
ORDINAL_TENS.forEach((word, i) => void VALUES.set(word, (i + 1) * 10))
for (const { numbers } of Object.values(LANGUAGES))
  for (const [value, words] of Object.entries(numbers ?? {}))
    for (const word of words.split(' ')) VALUES.set(fold(word), Number(value))

/** Words with runs of number words written as digits. "one" alone may be a name's: it too becomes 1, in names alike. */
export function numbersAsDigits(words: readonly string[]): string[] {
  if (!words.some((word) => VALUES.has(word) || HUNDRED.has(word))) return [...words]
  const written: string[] = []
  for (let i = 0; i < words.length; ) {
    const [value, length] = numberAt(words, i)
    written.push(length > 0 ? String(value) : (words[i] as string))
    i += length || 1
  }
  return written
}

function numberAt(words: readonly string[], from: number): [value: number, length: number] {
  const [first, length] = underHundred(words, from)
  const after = from + length
  const said = words[after] ?? ''
  if (length > 0 && HUNDRED.has(said)) return hundredsAt(words, from, after + 1, first * 100)
  if (first === 100) return hundredsAt(words, from, after, first)
  // "one twenty fifth": the hundred is not said.
  if (words[from] === 'one' || words[from] === 'two') {
    const [rest, restLength] = underHundred(words, after)
    if (rest >= 10 && rest < 100) return [first * 100 + rest, 1 + restLength]
  }
  return [first, length]
}

/** Adds what follows the hundred, if a number under a hundred does. */
function hundredsAt(
  words: readonly string[],
  from: number,
  next: number,
  hundreds: number,
): [value: number, length: number] {
  const skip = WITHIN.has(words[next] ?? '') ? 1 : 0
  const [rest, length] = underHundred(words, next + skip)
  return length > 0 && rest < 100
    ? [hundreds + rest, next + skip + length - from]
    : [hundreds, next - from]
}

/** "eighty two", "eighty", "twelve", "ochenta y dos". */
function underHundred(words: readonly string[], from: number): [value: number, length: number] {
  const value = VALUES.get(words[from] ?? '')
  if (value === undefined) return [0, 0]
  if (value < 20 || value % 10 !== 0 || value > 90 || isOrdinalTen(words[from] as string))
    return [value, 1]
  const skip = words[from + 1] === 'y' ? 1 : 0
  const one = VALUES.get(words[from + 1 + skip] ?? '')
  return one !== undefined && one < 10 ? [value + one, 2 + skip] : [value, 1]
}

/** After "twentieth" no "second" follows: that is the next street. */
const isOrdinalTen = (word: string): boolean => ORDINAL_TENS.includes(word)

const HAN_DIGITS = '零一二三四五六七八九'
const HAN_NUMBER = /^[零〇一二两三四五六七八九十百]+/

/** The Chinese number that a text begins with ("八十二" -> 82, "一〇三" -> 103), and how many characters it takes. */
export function hanNumber(text: string): [value: number, length: number] {
  const run = HAN_NUMBER.exec(text)?.[0] ?? ''
  if (run === '') return [0, 0]
  const plain = run.replaceAll('〇', '零').replaceAll('两', '二')
  if (!/[十百]/.test(plain))
    return [Number([...plain].map((digit) => HAN_DIGITS.indexOf(digit)).join('')), run.length]
  const [hundreds, rest] = plain.includes('百')
    ? (plain.split('百', 2) as [string, string])
    : ['', plain]
  const [tens, ones] = rest.includes('十')
    ? (rest.split('十', 2) as [string, string])
    : [null, rest]
  const digit = (text_: string, empty: number) =>
    text_ === '' ? empty : Math.max(0, HAN_DIGITS.indexOf(text_.at(-1) as string))
  return [
    (hundreds === '' && !plain.startsWith('百') ? 0 : digit(hundreds, 1) * 100) +
      (tens === null ? 0 : digit(tens.replace('零', ''), 1) * 10) +
      digit(ones.replace('零', ''), 0),
    run.length,
  ]
}
