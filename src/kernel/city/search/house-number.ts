// House numbers exist in no dataset here. We say so, and offer the corners of the street named with it.
import { distanceMetres, type Point } from '../../geo.ts'
import { type FoundRow, rowKey } from './find-rows.ts'
import { splitWords } from './fold.ts'
import { tokensOf } from './normalise.ts'
import { pointOf, type SearchIndex } from './search-index.ts'
import { JOINERS } from './words.ts'

/** In Queens "37-55 82nd St" lies on 82nd Street within a block or two of 37th Avenue. */
const ONE_BLOCK_METRES = 150
const STREETS_TRIED = 6
/** Where 100th Street does not cross, 99th or 101st may: tried in this order. */
const NEIGHBOURING_STREETS = [0, -1, 1, -2, 2, -3, 3]

export interface HouseNumber {
  number: string
  /** The part before the hyphen, or the number without its last two digits. */
  cross?: string
  rest: string
  /** A hyphen leaves no doubt; a bare number may also be a street. */
  certain: boolean
}

/** The house number a folded query begins with, if it may be one. */
export function leadingHouseNumber(folded: string): HouseNumber | undefined {
  const hyphen = /^\s*(\d{1,3})\s?-\s?(\d{1,4})[a-z]?\s+(\S.*)$/su.exec(folded)
  if (hyphen) {
    const rest = hyphen[3] ?? ''
    return nameFollows(rest)
      ? { number: `${hyphen[1]}-${hyphen[2]}`, cross: hyphen[1] as string, rest, certain: true }
      : undefined
  }
  const plain = /^\s*(?:#\s*)?(\d{1,5})[a-z]?\s+(\S.*)$/su.exec(folded)
  if (!plain) return undefined
  const [number = '', rest = ''] = plain.slice(1)
  if (!nameFollows(rest)) return undefined
  return {
    number,
    rest,
    certain: false,
    ...(number.length >= 4 ? { cross: number.slice(0, -2) } : {}),
  }
}

/** "5 ave & 42 st" and "7 train" begin with a name; after a house number comes the name of a street. */
function nameFollows(rest: string): boolean {
  const words = splitWords(rest)
  const first = words[0] ?? ''
  if (JOINERS.has(first) || !/[\p{L}\p{N}]/u.test(first) || /^(nd|rd|th|st)$/.test(first))
    return false
  if (words.some((word) => /^[&@+|\\]$/.test(word))) return false
  const [token] = tokensOf([first], new Map())
  const rare = token?.wordClass === 'core' || token?.wordClass === 'direction'
  // "45 Avenue U" and "12 Park Place" do begin with such a word, but then more of the name follows.
  return (
    rare ||
    (words.length > 2 &&
      /^(av|pk)$/.test(token?.text ?? '') &&
      /^([a-z]|of|av|ave|avenue|pl|place|row|st)$/.test(words[1] ?? ''))
  )
}

/** Corners for a house number, best first; empty when the street itself is unknown. */
export function houseNumberAnswer(
  index: SearchIndex,
  house: HouseNumber,
  find: (text: string) => FoundRow[],
  near: Point | undefined,
): FoundRow[] {
  const streets = streetsNamed(index, find(house.rest), house)
  const crossing = house.cross ? crossings(index, house, find) : []
  const corners = streets.map((row) => cornersAlong(index, row, near))
  const seen = new Set(crossing.map(rowKey))
  const alternating = interleave(corners).filter((row) => !seen.has(rowKey(row)))
  return [
    ...crossing,
    ...alternating,
    ...streets.map((row) => ({ ...row, score: row.score * 0.5 })),
  ]
}

/** The streets that fit best: all within a step of the first, so that every Main Street gets its turn. */
function streetsNamed(index: SearchIndex, rows: FoundRow[], house: HouseNumber): FoundRow[] {
  const named = rows.filter((row) => row.table === 'street')
  const within = ({ number }: FoundRow) => index.tables.streets.within[number] as number
  // A hyphen is written only where it means the cross street, so the other Main Streets are out.
  const hyphenated = named.filter((row) => house.certain && index.crossStreetAreas.has(within(row)))
  const bias = (row: FoundRow) => index.bias.get(within(row)) ?? 0
  const streets = (hyphenated.length > 0 ? hyphenated : named).sort(
    (a, b) => b.score - a.score || bias(b) - bias(a) || a.number - b.number,
  )
  const top = streets[0]?.score ?? 0
  return streets.filter((row) => row.score > top - 0.06).slice(0, STREETS_TRIED)
}

/** Corners with the cross street the number names, or the nearest numbered one that does cross. */
function crossings(
  index: SearchIndex,
  house: HouseNumber,
  find: (text: string) => FoundRow[],
): FoundRow[] {
  for (const off of house.certain ? NEIGHBOURING_STREETS : [0]) {
    const cross = String(Number(house.cross) + off)
    const rows = crossingsWith(index, cross, house.rest, find)
    const uncertaintyMetres = ONE_BLOCK_METRES * (1 + Math.abs(off))
    if (rows.length > 0) return rows.map((row) => ({ ...row, uncertaintyMetres }))
  }
  return []
}

function crossingsWith(
  index: SearchIndex,
  cross: string,
  rest: string,
  find: (text: string) => FoundRow[],
): FoundRow[] {
  const { within } = index.tables.corners
  const rows = find(`${cross} & ${rest}`).filter(
    ({ table, number, score }) =>
      table === 'corner' && index.crossStreetAreas.has(within[number] as number) && score > 0.7,
  )
  const rank = (row: FoundRow) => row.score + (isUsualCross(index, row, cross) ? 0.05 : 0)
  return rows
    .sort((a, b) => rank(b) - rank(a))
    .map((row) => ({ ...row, score: Math.min(0.9, row.score) }))
}

/** 37-55 82nd Street: the 37 is the avenue, not 37th Road or Drive beside it. On an avenue it is the street. */
function isUsualCross(index: SearchIndex, row: FoundRow, cross: string): boolean {
  const { corners, streets } = index.tables
  const usual = new RegExp(`^${cross}(st|nd|rd|th) (Avenue|Street)$`, 'i')
  return [corners.streetA, corners.streetB].some((side) =>
    usual.test(streets.name[side[row.number] as number] as string),
  )
}

/** Nearest to `near` first; without it from the middle outwards, since the house is somewhere along the street. */
function cornersAlong(index: SearchIndex, row: FoundRow, near: Point | undefined): FoundRow[] {
  const { streets } = index.tables
  const middle = pointOf(index, 'street', row.number)
  const from = near ?? middle
  const reach = streets.metres[row.number] as number
  const [first, end] = [streets.cornersFrom[row.number], streets.cornersFrom[row.number + 1]]
  const rows = [...streets.cornersOf.subarray(first, end)].map((number) => {
    const corner = pointOf(index, 'corner', number)
    return {
      table: 'corner' as const,
      number,
      score: row.score * 0.8,
      // Whoever stands at this corner is at most this far from the house.
      uncertaintyMetres: Math.round(reach + distanceMetres(middle, corner)),
      metres: distanceMetres(from, corner),
    }
  })
  return rows.sort((a, b) => a.metres - b.metres)
}

function interleave(lists: FoundRow[][]): FoundRow[] {
  const longest = lists.reduce((most, list) => Math.max(most, list.length), 0)
  const mixed: FoundRow[] = []
  for (let i = 0; i < longest; i++)
    for (const list of lists) if (list[i]) mixed.push(list[i] as FoundRow)
  return mixed
}
