import type { Reading } from './reading.ts'

interface Group {
  digits: string
  first: number
  end: number
}

/** Digits and what stands between them, from the first digit to the last. */
interface Chain {
  groups: Group[]
  /** Something other than spaces and commas joins them. */
  joined: boolean
  spelled: boolean
}

/** Fewest digits of a telephone number, and of one that a word such as "call" announces. */
const fewest = 7
const fewestAnnounced = 6

/** Holds back telephone numbers and other long numbers: no honest count has seven digits. */
export function findPhones(reading: Reading): void {
  for (let at = 0; at < reading.tokens.length; ) {
    if (!digitsAt(reading, at)) {
      at++
      continue
    }
    const chain = chainFrom(reading, at)
    const last = chain.groups.at(-1) as Group
    judge(reading, chain)
    at = last.end
  }
}

/** Letters that people write for a digit inside a number. */
const asDigits: Record<string, string> = { o: '0', l: '1', i: '1', s: '5' }

function digitsAt(reading: Reading, at: number): string {
  if (reading.taken(at)) return ''
  const number = reading.number(at)
  if (number) return number
  const spoken = reading.value('digits', at)
  if (spoken) return spoken
  if (reading.at(at)?.script === 'hangul') return koreanDigits(reading.at(at)?.text ?? '')
  return lettersAsDigits(reading, at)
}

const korean: Record<string, string> = {
  ...{
    공: '0',
    영: '0',
    일: '1',
    이: '2',
    삼: '3',
    사: '4',
    오: '5',
    육: '6',
    칠: '7',
    팔: '8',
    구: '9',
  },
}

/** 공일공: Korean writes digits that are said as one word. */
const koreanDigits = (word: string): string => {
  const digits = [...word].map((syllable) => korean[syllable] ?? '')
  return digits.every(Boolean) ? digits.join('') : ''
}

function lettersAsDigits(reading: Reading, at: number): string {
  const token = reading.at(at)
  if (token?.type !== 'word' || token.text.length > 2) return ''
  const beside =
    (reading.attached(at) && reading.number(at - 1)) ||
    (reading.attached(at + 1) && reading.number(at + 1))
  if (!beside) return ''
  const digits = [...token.text].map((letter) => asDigits[letter] ?? '')
  return digits.every(Boolean) ? digits.join('') : ''
}

function chainFrom(reading: Reading, start: number): Chain {
  const chain: Chain = { groups: [], joined: false, spelled: false }
  let at = start
  for (;;) {
    const digits = digitsAt(reading, at)
    if (!digits) break
    const end = Math.max(at + 1, reading.number(at) ? 0 : reading.is('digits', at))
    chain.spelled ||= !reading.number(at)
    chain.groups.push({ digits, first: at, end })
    const next = nextGroup(reading, end)
    if (!next) break
    chain.joined ||= next.joined
    at = next.at
  }
  return chain
}

/** Where the next digits are, past at most three marks, a spoken separator or a letter between. */
function nextGroup(reading: Reading, from: number): { at: number; joined: boolean } | null {
  let joined = false
  let at = from
  for (let steps = 0; steps < 5; steps++) {
    if (digitsAt(reading, at)) return { at, joined }
    const next = pastSeparator(reading, at)
    if (!next) return null
    if (reading.mark(at) !== ',') joined = true
    at = next
  }
  return null
}

/** One past a mark, a word such as "dash", a letter between digits; 0 where the number ends. */
function pastSeparator(reading: Reading, at: number): number {
  if (reading.taken(at) || reading.markIn(';!?&', at)) return 0
  if (reading.mark(at)) return at + 1
  return reading.is('separators', at) || letterBetween(reading, at)
}

/** 718x555x0142 */
function letterBetween(reading: Reading, at: number): number {
  const token = reading.at(at)
  const single = token?.type === 'word' && token.text.length === 1 && token.script === 'cased'
  const inside = reading.attached(at) && reading.attached(at + 1)
  const apart = token?.spaced && reading.at(at + 1)?.spaced && token.text === 'x'
  return single && (inside || apart) ? at + 1 : 0
}

function judge(reading: Reading, chain: Chain): void {
  const { groups } = chain
  const first = groups[0] as Group
  const last = groups.at(-1) as Group
  const count = groups.reduce((sum, group) => sum + group.digits.length, 0)
  const announced = isAnnounced(reading, first.first)
  if (count < (announced ? fewestAnnounced : fewest)) return
  if (!announced && groups.length > 1 && !shapedLikeOne(chain)) return
  const alone = groups.length === 1 && !announced && count !== 10 && count !== 11
  const { start, letter } = startOf(reading, first.first)
  const kind = letter || alone || isSocialSecurity(groups) || count > 15 ? 'number' : 'phone'
  reading.hold({ kind, first: start, end: last.end })
}

const isSocialSecurity = (groups: readonly Group[]): boolean =>
  groups.map((group) => group.digits.length).join() === '3,2,4'

/** With the plus, the bracket or the A before it. */
function startOf(reading: Reading, first: number): { start: number; letter: boolean } {
  let start = first
  while (start > 0 && first - start < 2 && '+(#'.includes(reading.mark(start - 1) || ' ')) start--
  const hyphen = reading.mark(start - 1) === '-' ? 1 : 0
  const before = reading.at(start - 1 - hyphen)
  const letter =
    before?.text === 'a' && before.upper && (hyphen > 0 || reading.attached(start) || before.caps)
  return letter ? { start: start - 1 - hyphen, letter } : { start, letter: false }
}

/** A word such as "call", "tel", "电话" stands within a few tokens before. */
function isAnnounced(reading: Reading, first: number): boolean {
  for (let at = Math.max(0, first - 5); at < first; at++) {
    const end = reading.is('phoneCues', at)
    if (end && end <= first) return true
  }
  return false
}

const year = /^(19|20)\d\d$/
const hour = /^([01]\d|2[0-3])[0-5]\d$/

/** Whether numbers beside each other are one: a street, a ZIP and a year are not. */
function shapedLikeOne({ groups, joined, spelled }: Chain): boolean {
  const texts = groups.map((group) => group.digits)
  if (texts.every((text) => year.test(text)) || texts.every((text) => hour.test(text))) return false
  if (texts.every((text) => text.length === 5)) return false
  if (spelled || joined)
    return spelled || texts.some((text) => text.length >= 3) || texts.length >= 4
  const lengths = texts.map((text) => text.length)
  if (lengths.every((length) => length === 1)) return true
  if (lengths.join() === '2,4,4') return true
  if (lengths.every((length) => length === 2))
    return texts[0]?.startsWith('0') || lengths.length > 4
  const [first = 0, ...rest] = lengths
  return rest.length > 0 && rest.every((length) => length >= 3) && (first >= 3 || rest.length >= 2)
}
