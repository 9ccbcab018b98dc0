import { houseAt } from './houses.ts'
import type { Reading, Span } from './reading.ts'

type Address = Pick<Span, 'first' | 'end' | 'kept'>

const roads = '街路道巷弄里村'
/** After "7号" they make it a line, an exit, a car. */
const notHouses = '线線车車口门門公地站台'

/** 82街37-12号4B室, 罗斯福大道3712号, 3单元502室. */
export function chineseAddress(reading: Reading, at: number): Address | null {
  if (reading.at(at)?.script !== 'han') return unitOfChina(reading, at)
  if (!roads.includes(reading.text(at))) return null
  const house = houseAt(reading, at + 1)
  if (!house || !'号號'.includes(reading.text(house.end - 1))) return null
  if (notHouses.includes(reading.text(house.end) || ' ')) return null
  let { end } = house
  for (let units = 0; units < 3; units++) end = unitOfChina(reading, end)?.end ?? end
  const first = streetBegin(reading, at)
  return { first, end, kept: [{ first, end: at + 1 }] }
}

/** The street's own name before its word: a number, or up to six characters. */
function streetBegin(reading: Reading, road: number): number {
  let first = road
  while (road - first < 6 && first > 0 && !reading.taken(first - 1)) {
    const token = reading.at(first - 1)
    if (token?.type === 'number') return first - 1
    if (token?.script !== 'han' || '在住到从去的是了于至'.includes(token.text)) break
    first--
  }
  return first
}

/** 502室, 3单元, 4B室. */
function unitOfChina(reading: Reading, at: number): Address | null {
  if (!reading.number(at)) return null
  const next = reading.attached(at + 1) && reading.single(at + 1) ? at + 2 : at + 1
  const word = reading.text(next)
  if (word === '室' || word === '栋' || word === '棟') return { first: at, end: next + 1 }
  const unit = word + reading.text(next + 1)
  return unit === '单元' || unit === '單元' ? { first: at, end: next + 2 } : null
}

/** 101동 502호, 37-12번지, 루즈벨트로 37-12. */
export function koreanAddress(reading: Reading, at: number): Address | null {
  const house = houseAt(reading, at)
  if (!house) return null
  if (isFlat(reading, house.end)) return { first: floorBefore(reading, at), end: house.end + 1 }
  if (reading.attached(house.end) && reading.text(house.end) === '동') {
    const flat = houseAt(reading, house.end + 1)
    return flat && isFlat(reading, flat.end) ? { first: at, end: flat.end + 1 } : null
  }
  const road = reading.at(at - 1)
  const named = road?.script === 'hangul' && /(로|길|가|애비뉴|스트리트)$/.test(road.text)
  if (!named || !house.hyphened) return null
  return { first: at - 1, end: house.end, kept: [{ first: at - 1, end: at }] }
}

const isFlat = (reading: Reading, at: number): boolean => {
  const word = reading.attached(at) ? reading.text(at) : ''
  return word.startsWith('번지') || /^호(?!선|차|기)/.test(word)
}

/** 3층 302호: the floor goes with the flat. */
const floorBefore = (reading: Reading, at: number): number =>
  reading.text(at - 1) === '층' && reading.number(at - 2) ? at - 2 : at
