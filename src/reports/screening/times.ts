import type { Reading } from './reading.ts'

/** Explains times, dates, sums of money, degrees and large counts, so that nobody takes them for phones. */
export function explainTimes(reading: Reading): void {
  for (let at = 0; at < reading.tokens.length; at++) {
    if (!reading.number(at)) continue
    const end = Math.max(...readers.map((read) => read(reading, at)))
    if (end > at) reading.explain(at, end)
  }
}

type Read = (reading: Reading, at: number) => number

const between = (text: string, least: number, most: number): boolean =>
  Number(text) >= least && Number(text) <= most

/** Numbers joined by one same mark without spaces: their texts, and where they end. */
function joinedBy(
  reading: Reading,
  at: number,
  marks: string,
): { parts: string[]; end: number; mark: string } {
  const parts = [reading.number(at)]
  const mark = reading.mark(at + 1)
  let end = at + 1
  if (mark !== '' && marks.includes(mark))
    while (
      parts.length < 5 &&
      reading.mark(end) === mark &&
      reading.attached(end) &&
      reading.attached(end + 1) &&
      reading.number(end + 1)
    ) {
      parts.push(reading.number(end + 1))
      end += 2
    }
  return { parts, end, mark }
}

/** 10:30, 10:30:15, 9.30 pm, 930am. */
const clock: Read = (reading, at) => {
  const { parts, end, mark } = joinedBy(reading, at, ':.：')
  const [hours = '', minutes = ''] = parts
  const isTime = parts.length > 1 && between(hours, 0, 24) && between(minutes, 0, 59)
  const after = reading.at(end)?.text ?? ''
  const named = /^(am|pm|h|hrs|hs|uhr)$/.test(after) || after === 'a' || after === 'p'
  if (mark === ':' || mark === '：') return isTime && minutes.length === 2 ? end : 0
  if (parts.length === 2 && isTime && named) return end
  return hours.length <= 4 && /^(am|pm|hrs|h)$/.test(reading.at(at + 1)?.text ?? '') ? at + 1 : 0
}

const year = (text: string): boolean => text.length === 4 && between(text, 1990, 2099)
const dayOrMonth = (text: string): boolean => text.length <= 2 && between(text, 1, 31)

/** 2025-11-24, 24.11.2025, 11/24/25, 20251124. */
const date: Read = (reading, at) => {
  const { parts, end } = joinedBy(reading, at, '-/.')
  const [a = '', b = '', c = ''] = parts
  if (parts.length === 3) {
    const whole = year(a)
      ? dayOrMonth(b) && dayOrMonth(c)
      : year(c) && dayOrMonth(a) && dayOrMonth(b)
    const short = [a, b].every(dayOrMonth) && c.length === 2 && between(c, 20, 39)
    return whole || short ? end : 0
  }
  const compact =
    /^(20[2-3]\d(0[1-9]|1[0-2])([0-2]\d|3[01])|(0[1-9]|1[0-2])([0-2]\d|3[01])20[2-3]\d)$/
  return parts.length === 1 && compact.test(a) ? end : 0
}

/** 2025-2026, 1430-1500: years or hours from one to another. */
const range: Read = (reading, at) => {
  const { parts, end } = joinedBy(reading, at, '-/')
  if (parts.length !== 2 || parts.some((part) => part.length !== 4)) return 0
  return parts.every(year) || parts.every(hour) ? end : 0
}
const hour = (text: string): boolean =>
  between(text.slice(0, 2), 0, 23) && between(text.slice(2), 0, 59)

/** 11372-1234: a ZIP with its four. */
const zip: Read = (reading, at) => {
  const { parts, end } = joinedBy(reading, at, '-')
  return parts.length === 2 && parts[0]?.length === 5 && parts[1]?.length === 4 ? end : 0
}

/** 1,500,000 and 1.500.000. */
const thousands: Read = (reading, at) => {
  const { parts, end } = joinedBy(reading, at, ',.')
  const [first = '', ...rest] = parts
  const grouped = rest.length > 0 && first.length <= 3 && rest.every((part) => part.length === 3)
  return grouped ? end : 0
}

/** 40.7484: degrees, which have one point and many digits after it. */
const degrees: Read = (reading, at) => {
  const { parts, end } = joinedBy(reading, at, '.')
  const [whole = '', fraction = ''] = parts
  const negative = reading.mark(at - 1) === '-' && !reading.number(at - 2)
  const few = whole.length <= 2 || (negative && whole.length === 3)
  return parts.length === 2 && few && fraction.length >= 3 ? end : 0
}

/** $5000000, 5000000 dollars. */
const money: Read = (reading, at) =>
  '$€£¥₩₹৳₨₽'.includes(reading.mark(at - 1) || ' ') || reading.is('money', at + 1) ? at + 1 : 0

const readers: readonly Read[] = [clock, date, range, zip, thousands, degrees, money]
