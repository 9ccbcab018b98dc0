import { chineseAddress, koreanAddress } from './addresses-east.ts'
import { type House, houseAt, unitAfter, unitAt } from './houses.ts'
import type { Reading, Span } from './reading.ts'
import { isSmall, nameAfterStreet, streetEnd } from './streets.ts'

type Address = Pick<Span, 'first' | 'end' | 'kept'>

/** Holds back home addresses: house number, street and flat; never a corner, a station, a count. */
export function findAddresses(reading: Reading): void {
  for (let at = 0; at < reading.tokens.length; at++) {
    if (reading.taken(at)) continue
    const found =
      numberFirst(reading, at) ||
      streetFirst(reading, at) ||
      chineseAddress(reading, at) ||
      koreanAddress(reading, at) ||
      unitAlone(reading, at) ||
      announced(reading, at)
    if (found) {
      reading.hold({ kind: 'address', ...found })
      at = found.end - 1
    }
  }
}

/** "37-12 82nd Street, Apt 4B", "12 rue de la Paix", "12 شارع روزفلت". */
function numberFirst(reading: Reading, at: number): Address | null {
  const house = houseAt(reading, at)
  if (!house || reading.is('notHouses', at - 1) || namesALine(reading, at)) return null
  let from = house.end
  while (reading.markIn(',#', from) && from < house.end + 2) from++
  const before = reading.is('streetBefore', from)
  const end = before ? nameAfterStreet(reading, before) : streetEnd(reading, from, house)
  if (!end) return null
  return { first: at, end: unitAfter(reading, end), kept: [{ first: from, end }] }
}

/** "exit #5", "P.S. 69": a word that says what is numbered, past a mark. */
const namesALine = (reading: Reading, at: number): boolean =>
  reading.markIn('#.', at - 1) && reading.is('notHouses', at - 2) > 0

/** Most tokens between a word for street and its house number. */
const most = 6

/** "Calle 82 #37-12", "ул. Ленина, д. 5, кв. 12", "ul. Długa 12 m. 4", "شارع 82 رقم 12". */
function streetFirst(reading: Reading, at: number): Address | null {
  const type = reading.is('streetBefore', at)
  if (!type) return null
  let named = false
  for (let next = type; next - type < most; next++) {
    const house = named ? markedHouse(reading, next) || bareHouse(reading, next) : null
    if (house) {
      const kept = [{ first: at, end: house.first }]
      return { first: at, end: unitAfter(reading, house.end), kept }
    }
    if (!mayName(reading, next, named)) return null
    named ||= !reading.mark(next)
  }
  return null
}

function mayName(reading: Reading, at: number, named: boolean): boolean {
  const token = reading.at(at)
  if (!token || reading.is('streetBefore', at) || reading.is('counted', at)) return false
  if (token.type === 'mark') return '.,"\'-'.includes(token.text)
  if (token.type === 'number') return !named
  return !reading.is('nameStops', at) || isSmall(reading, at)
}

type Part = { first: number; end: number }

/** "#37-12", "no. 12", "д. 5", "номер 12", with a comma before it. */
function markedHouse(reading: Reading, at: number): Part | null {
  const start = reading.mark(at) === ',' ? at + 1 : at
  let number = reading.markIn('#№', start) ? start + 1 : reading.is('numberMarks', start)
  if (!number) return null
  while (number - start < 5 && reading.markIn('.:', number)) number++
  const house = houseAt(reading, number)
  return house ? { first: start, end: house.end } : null
}

/** A number that a street's name leaves bare is a house when nothing is counted by it. */
function bareHouse(reading: Reading, at: number): Part | null {
  const house = houseAt(reading, at)
  if (!house) return null
  const sure = house.hyphened || unitAfter(reading, house.end) > house.end
  return sure || isLikely(reading, house) ? house : null
}

function isLikely(reading: Reading, { digits, end }: House): boolean {
  if (digits.length < 2 || digits.length > 4 || /^(19|20)\d\d$/.test(digits)) return false
  const after = reading.at(end)
  const counted =
    reading.is('counted', end) || reading.is('groups', end) || reading.is('titles', end)
  const word = after?.type === 'word' && after.script !== 'han' && !reading.is('nameStops', end)
  return !counted && !word
}

function unitAlone(reading: Reading, at: number): Address | null {
  const end = unitAt(reading, at)
  return end ? { first: at, end } : null
}

/** "I live at 37-12 82", "домашний адрес: Ленина 5". */
function announced(reading: Reading, at: number): Address | null {
  const cue = reading.is('houseCues', at)
  if (!cue) return null
  for (let next = cue; next - cue < most; next++) {
    const house = houseAt(reading, next)
    // Five digits and no hyphen are a ZIP.
    if (house && (house.hyphened || house.digits.length < 5)) return announcedAt(reading, at, house)
    const token = reading.at(next)
    if (!token || token.type === 'number' || reading.taken(next)) return null
    if (reading.is('counted', next)) return null
    if (token.type === 'mark' && !':,."#-'.includes(token.text)) return null
  }
  return null
}

function announcedAt(reading: Reading, first: number, house: House): Address {
  const street = streetEnd(reading, house.end, house)
  const kept = [{ first, end: house.first }]
  if (street) kept.push({ first: house.end, end: street })
  return { first, end: unitAfter(reading, street || house.end), kept }
}
