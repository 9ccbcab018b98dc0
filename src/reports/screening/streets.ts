import { type House, isOrdinal } from './houses.ts'
import type { Reading } from './reading.ts'

const directions = new Set('n s e w north south east west ne nw se sw'.split(' '))
const smallWords = new Set(
  "la el de du des le les los las del of the st san santa saint ste n s e w north south east west ' l d".split(
    ' ',
  ),
)

/** A word that street names hold besides the name itself. */
export const isSmall = (reading: Reading, at: number): boolean => smallWords.has(reading.text(at))

/** Most words of a street's name. */
const most = 5

/** Where the street that began here ends: a few words and a word for street; 0 for none. */
export function streetEnd(reading: Reading, from: number, house: House): number {
  let at = from
  for (let words = 0; words < most; words++) {
    const type = reading.is('streetAfter', at)
    if (type && at > from) return withDirection(reading, type)
    const next = pastWord(reading, at)
    if (!next) return 0
    // 37-12 82nd: with such a number the street needs no word for it.
    const enough = house.hyphened && reading.number(at) !== '' && next === at + 2
    if (enough && !reading.is('streetAfter', next)) return next
    at = next
  }
  return 0
}

/** One past a number, an ordinal, a full stop or a word that a street may be named by; or 0. */
function pastWord(reading: Reading, at: number): number {
  const number = reading.number(at)
  if (number) {
    if (number.length > 3) return 0
    return isOrdinal(reading, at) ? at + 2 : at + 1
  }
  return reading.markIn(".'", at) || isName(reading, at) ? at + 1 : 0
}

/** "vans on", "agents", "minutes" are none. */
function isName(reading: Reading, at: number): boolean {
  const token = reading.at(at)
  if (token?.script !== 'cased' || token.type !== 'word') return false
  if (token.upper && directions.has(token.text)) return true
  if (reading.is('counted', at) || reading.is('titles', at) || reading.is('groups', at))
    return false
  return token.upper || !reading.is('nameStops', at) || smallWords.has(token.text)
}

function withDirection(reading: Reading, end: number): number {
  const at = reading.mark(end) === '.' ? end + 1 : end
  return directions.has(reading.text(at)) && reading.at(at)?.upper ? at + 1 : at
}

/** One past a street's name after the word for street: small words and one to three names; or 0. */
export function nameAfterStreet(reading: Reading, from: number): number {
  let at = from
  let named = false
  while (at - from < most && goesOn(reading, at, named)) {
    named ||= !isSmall(reading, at) && !reading.mark(at)
    at++
  }
  return named ? at : 0
}

function goesOn(reading: Reading, at: number, named: boolean): boolean {
  const token = reading.at(at)
  if (!token) return false
  if (isSmall(reading, at) || reading.mark(at) === '-') return true
  if (token.type === 'mark' || reading.is('nameStops', at)) return false
  return !named || token.type === 'number' || (token.script === 'cased' && token.upper)
}
