import type { HeldKind } from '../contract-held-back.ts'
import type { List } from './lexicon.ts'
import type { Reading } from './reading.ts'
import type { Token } from './tokens.ts'

const cues: readonly [List, HeldKind][] = [
  ['plateCues', 'plate'],
  ['badgeCues', 'badge'],
  ['idCues', 'number'],
]

/** Holds back what a word for a plate, a badge or a file number announces. */
export function findCuedNumbers(reading: Reading): void {
  for (const [list, kind] of cues)
    for (let at = 0; at < reading.tokens.length; at++) {
      const end = reading.is(list, at)
      if (end && !reading.taken(at)) holdAfter(reading, end, kind)
    }
}

/** Tokens between the word and what it announces: "plate number is: NY ...". */
const most = 8

function holdAfter(reading: Reading, cue: number, kind: HeldKind): void {
  let at = cue
  let pointed = false
  let numbered = false
  for (let steps = 0; steps < most; steps++) {
    if (reading.taken(at)) return
    const code = codeFrom(reading, at, { pointed, kind })
    if (code && isEnough(code, kind, { pointed, numbered })) {
      reading.hold({ kind, first: at, end: code.end })
      return
    }
    const filler = reading.is('fillers', at) || reading.is('numberMarks', at) || cueAt(reading, at)
    const mark = reading.mark(at)
    if (!filler && !':#.-–=("\'№'.includes(mark || ' ')) return
    pointed ||= filler > 0 || mark === ':' || mark === '#' || mark === '№'
    numbered ||= reading.is('numberMarks', at) > 0 || '#№:'.includes(mark || ' ')
    at = filler || at + 1
  }
}

const cueAt = (reading: Reading, at: number): number =>
  Math.max(...cues.map(([list]) => reading.is(list, at)))

interface Code {
  end: number
  letters: string
  digits: string
  caps: boolean
}

/** Letters and digits that hang together: `KJR-4821`, `abc 1234`, `12가 3456`, `A 123 BC`. */
function codeFrom(
  reading: Reading,
  from: number,
  { pointed, kind }: { pointed: boolean; kind: HeldKind },
): Code | null {
  // File numbers are written in threes.
  const enough = kind === 'number' ? 9 : 5
  const code: Code = { end: from, letters: '', digits: '', caps: true }
  while (code.end - from < 8) {
    const at = code.end > from && isJoint(reading, code.end) ? code.end + 1 : code.end
    if (!belongs(reading, at, code, { first: at === from, enough })) break
    add(code, reading.tokens[at] as Token)
    code.end = at + 1
  }
  const size = code.letters.length + code.digits.length
  if (code.end === from || size > 12) return null
  // Letters alone are a plate when they are shouted: "starts with KJR".
  return code.digits || (pointed && code.caps && !reading.shouted && size <= 7) ? code : null
}

function add(code: Code, { type, text, caps, script }: Token): void {
  if (type === 'number') code.digits += text
  else code.letters += text
  code.caps &&= type === 'number' || caps || script !== 'cased'
}

const isJoint = (reading: Reading, at: number): boolean =>
  '-·.•/'.includes(reading.mark(at) || ' ') &&
  (reading.attached(at) || reading.at(at + 1)?.type === 'number') &&
  reading.at(at + 1)?.type !== 'mark'

function belongs(
  reading: Reading,
  at: number,
  code: Code,
  { first, enough }: { first: boolean; enough: number },
): boolean {
  const token = reading.at(at)
  if (!token || token.type === 'mark' || reading.taken(at)) return false
  if (token.type === 'number') return first || reading.attached(at) || code.digits.length < enough
  if (reading.is('fillers', at) && !token.caps) return false
  const short = token.text.length <= (token.caps ? 8 : 3)
  if (first) return short
  if (reading.attached(at)) return token.text.length <= 4
  const single = token.text.length === 1 && (token.script === 'uncased' || !code.digits)
  return single || (short && token.caps && !reading.shouted && token.text.length <= 3)
}

function isEnough(
  { letters, digits }: Code,
  kind: HeldKind,
  { pointed, numbered }: { pointed: boolean; numbered: boolean },
): boolean {
  if (kind === 'plate') {
    if (!digits) return letters.length >= 2
    const size = letters.length + digits.length
    if (letters) return size >= (pointed ? 3 : 4)
    // Five digits that nothing calls a number are a ZIP.
    return numbered ? size >= 3 : size >= 4 && size !== 5
  }
  return digits.length >= (numbered ? 2 : 3) && letters.length <= 4
}

/** Three letters that are not of a plate: agencies, makes, days, months, and small words. */
const otherWords = new Set(
  `ice nyc dhs fbi dea atf cbp ero hsi mta ram gmc bmw suv van car kia vw jan feb mar apr may jun jul aug
   sep oct nov dec mon tue wed thu fri sat sun apt ave rte zip usa box the and for one two six ten are but
   not all any can had her was our out day get has him his how man new now old see way who boy did its let
   put say she too use st rd blvd pct bus line exit pier flr room bldg via per art sec usc cfr rcw doc cam
   fdr bqe lie brt sbs iso covid win ios fifa pub form case`.split(/\s+/),
)

/** Holds back what looks like a plate by itself: KJR-4821, K12-JFH, T612345C, 12가 3456, 京A12345. */
export function findPlates(reading: Reading): void {
  for (let at = 0; at < reading.tokens.length; at++) {
    if (reading.taken(at)) continue
    const end =
      lettersThenDigits(reading, at) ||
      digitsThenLetters(reading, at) ||
      taxi(reading, at) ||
      asianPlate(reading, at)
    if (end) {
      reading.hold({ kind: 'plate', first: at, end })
      at = end - 1
    }
  }
}

const year = /^(19|20)\d\d$/
const alone = (reading: Reading, first: number, end: number): boolean =>
  !(
    reading.attached(first) &&
    (reading.at(first - 1)?.type !== 'mark' || reading.mark(first - 1) === '-')
  ) &&
  !(
    reading.attached(end) &&
    (reading.at(end)?.type !== 'mark' || (reading.mark(end) === '-' && reading.attached(end + 1)))
  )

/** KJR-4821, KJR 4821, kjr4821, HXK-302. */
function lettersThenDigits(reading: Reading, at: number): number {
  if (!isTriple(reading, at)) return 0
  const hyphen = reading.markIn('-·', at + 1) ? 1 : 0
  const number = at + 1 + hyphen
  const digits = reading.number(number)
  if (digits.length !== 3 && digits.length !== 4) return 0
  const caps = reading.at(at)?.caps === true
  if (digits.length === 3 && !caps) return 0
  const apart = hyphen === 0 && reading.at(number)?.spaced === true
  // With a space only shouted letters and four digits that are no year look like a plate.
  if (apart && !(caps && !reading.shouted && digits.length === 4 && !year.test(digits))) return 0
  return alone(reading, at, number + 1) ? number + 1 : 0
}

function isTriple(reading: Reading, at: number): boolean {
  const token = reading.at(at)
  const three = token?.type === 'word' && token.script === 'cased' && token.text.length === 3
  return three && !otherWords.has(token.text)
}

/** 123-ABC, 1ABC234, K12-JFH. */
function digitsThenLetters(reading: Reading, at: number): number {
  const lead = reading.single(at) && reading.at(at)?.caps && reading.attached(at + 1) ? 1 : 0
  const digits = reading.number(at + lead)
  if (!digits || digits.length > 3) return 0
  const hyphen = reading.mark(at + lead + 1) === '-' ? 1 : 0
  const word = at + lead + 1 + hyphen
  if (!isTriple(reading, word) || !reading.at(word)?.caps) return 0
  if (!hyphen && reading.at(word)?.spaced) return 0
  const tail = reading.attached(word + 1) ? reading.number(word + 1) : ''
  const end = word + (tail && tail.length <= 3 ? 2 : 1)
  const size = lead + digits.length + 3 + (end > word + 1 ? tail.length : 0)
  return size >= 6 && alone(reading, at, end) ? end : 0
}

/** T612345C: cars for hire in New York. */
function taxi(reading: Reading, at: number): number {
  const [letter, end] = [reading.at(at), reading.at(at + 2)]
  const digits = reading.attached(at + 1) ? reading.number(at + 1) : ''
  const shaped = letter?.text === 't' && digits.length === 6 && end?.text === 'c'
  return shaped && reading.attached(at + 2) ? at + 3 : 0
}

/** 12가 3456, 京A12345, 粤B·12345. */
function asianPlate(reading: Reading, at: number): number {
  const digits = reading.number(at)
  const next = reading.at(at + 1)
  if (digits && (digits.length === 2 || digits.length === 3)) {
    const syllable = next?.script === 'hangul' && next.text.length === 1 && reading.attached(at + 1)
    return syllable && reading.number(at + 2).length === 4 ? at + 3 : 0
  }
  const province = reading.at(at)
  if (province?.script !== 'han' || next?.script !== 'cased' || next.text.length !== 1) return 0
  if (!reading.attached(at + 1)) return 0
  const dot = '·•.'.includes(reading.mark(at + 2) || ' ') ? 1 : 0
  const number = reading.number(at + 2 + dot)
  return number.length >= 4 && number.length <= 6 ? at + 3 + dot : 0
}
