import type { Reading } from './reading.ts'

export interface House {
  first: number
  end: number
  /** Written with a hyphen, as in Queens: 37-12. */
  hyphened: boolean
  digits: string
}

/** A house number: 12, 37-12, 12B, 12/4, 12号; null if none begins here. */
export function houseAt(reading: Reading, at: number): House | null {
  const digits = reading.number(at)
  if (!digits || digits.length > 5 || isOrdinal(reading, at)) return null
  if (reading.attached(at) && hangsOn(reading, at - 1)) return null
  const hyphened = hasSecond(reading, at + 1)
  let end = hyphened ? at + 3 : at + 1
  const letter = reading.at(end)
  const lettered =
    letter?.type === 'word' && letter.text.length === 1 && /cased/.test(letter.script)
  if (reading.attached(end) && (lettered || '号號'.includes(letter?.text || ' '))) end++
  if (lettered && reading.attached(end) && '号號'.includes(reading.text(end) || ' ')) end++
  return { first: at, end, hyphened, digits }
}

const hasSecond = (reading: Reading, at: number): boolean =>
  reading.markIn('-/', at) &&
  reading.attached(at) &&
  reading.attached(at + 1) &&
  reading.number(at + 1) !== '' &&
  !isOrdinal(reading, at + 1)

/** A number that hangs on a letter or a mark is no house: Q53, 1-95, 10.30. Chinese and Korean use no spaces. */
function hangsOn(reading: Reading, before: number): boolean {
  const token = reading.at(before)
  return token?.type === 'mark' ? "-/.'".includes(token.text) : token?.script === 'cased'
}

const ordinalEndings = new Set(['st', 'nd', 'rd', 'th', 'er', 'e', 'eme', 'a', 'o'])

/** 82nd, 116e; but 12A is a house. */
export const isOrdinal = (reading: Reading, at: number): boolean =>
  reading.attached(at + 1) &&
  ordinalEndings.has(reading.text(at + 1)) &&
  !(reading.single(at + 1) && reading.at(at + 1)?.caps)

/** One past flats and floors that follow: ", Apt 4B", "кв. 12", "#3". */
export function unitAfter(reading: Reading, end: number): number {
  let last = end
  for (let units = 0; units < 3; units++) {
    const start = reading.markIn(',(', last) ? last + 1 : last
    const numbered = reading.mark(start) === '#' ? designation(reading, start + 1) : 0
    const unit = unitAt(reading, start, true) || numbered
    if (!unit) break
    last = unit
  }
  return last
}

/** "apt 4B", "кв. 12", "apartamento número 3-C": one past it, or 0. `house`: a house number stands before. */
export function unitAt(reading: Reading, at: number, house = false): number {
  let next = reading.is('units', at) || (house ? reading.is('unitsOfHouse', at) : 0)
  if (!next) return 0
  for (let steps = 0; steps < 3; steps++) {
    const past = reading.markIn('.#:-№', next) ? next + 1 : reading.is('numberMarks', next)
    if (!past) break
    next = past
  }
  return designation(reading, next)
}

/** 4, 4B, B4, PH, C: what a flat is called. */
function designation(reading: Reading, at: number): number {
  const token = reading.at(at)
  if (!token || reading.taken(at)) return 0
  if (token.type === 'number' ? token.text.length > 5 : !isLetters(reading, at)) return 0
  let end = at + 1
  while (end - at < 4) {
    const hyphen = reading.mark(end) === '-' && reading.attached(end) ? 1 : 0
    if (!hangsOnFlat(reading, end + hyphen)) break
    end += hyphen + 1
  }
  const apart = token.type === 'number' && reading.single(end) && reading.at(end)?.caps
  return apart ? end + 1 : end
}

function isLetters(reading: Reading, at: number): boolean {
  const token = reading.at(at)
  if (token?.type !== 'word' || token.text.length > 2 || reading.is('nameStops', at)) return false
  return token.caps || token.script !== 'cased' || reading.attached(at + 1)
}

function hangsOnFlat(reading: Reading, at: number): boolean {
  const part = reading.at(at)
  if (!part || part.type === 'mark' || part.text.length > 4) return false
  return reading.attached(at) && part.script !== 'hangul'
}
