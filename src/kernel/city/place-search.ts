// Place search: reads a query every sensible way, scores what each reading finds, and ranks the lot.
import { distanceMetres, isPoint, type Point } from '../geo.ts'
import type { Place, PlaceAnswer, PlaceHit, SearchOptions } from './contract.ts'
import { type FoundRow, findRows } from './find-rows.ts'
import { type HouseNumber, houseNumberAnswer, leadingHouseNumber } from './house-number.ts'
import { fold } from './normalise.ts'
import { prepareQuery } from './prepare-query.ts'
import type { SearchIndex } from './search-index.ts'

const MOST_RESULTS = 50
/** Below this, nothing was understood: allow typing errors in every word and words around the streets. */
const UNDERSTOOD = 0.6
/** At or above this, a leading number was part of a name or a corner, not a house number. */
const CERTAIN = 0.8

type ToPlace = (row: FoundRow, lang?: string) => Place
interface Ranked {
  rows: FoundRow[]
  house: boolean
  nearest: boolean
}

/** Searches; never throws, whatever the text. `toPlace` makes the answer for a row. */
export function searchPlaces(
  index: SearchIndex,
  query: string,
  options: SearchOptions,
  toPlace: ToPlace,
): PlaceAnswer {
  const limit = Math.max(0, Math.min(MOST_RESULTS, Math.floor(Number(options.limit ?? 8)) || 0))
  const near = options.near && isPoint(options.near) ? options.near : undefined
  const folded = fold(String(query))
  if (limit === 0 || !/[\p{L}\p{N}]/u.test(folded)) return { places: [], houseNumbers: null }
  const { rows, house, nearest } = rankedRows(index, folded, near)
  return {
    places: toHits(rows, limit, nearest, (row) => toPlace(row, options.lang)),
    houseNumbers: house ? 'none-in-data' : null,
  }
}

function rankedRows(index: SearchIndex, folded: string, near: Point | undefined): Ranked {
  const number = leadingHouseNumber(folded)
  const rows = number?.certain ? [] : bestRows(index, folded)
  if (!number || fitsAsTyped(index, number, rows))
    return { rows: ranked(index, rows, near), house: false, nearest: false }
  const corners = houseNumberAnswer(index, number, (text) => bestRows(index, text), near)
  if (corners.length > 0) return { rows: corners, house: true, nearest: true }
  return {
    rows: ranked(index, number.certain ? bestRows(index, number.rest) : rows, near),
    house: true,
    nearest: false,
  }
}

/** "82 roosevelt" and "26 federal plaza": the number is part of what was found, so it is no house number. */
function fitsAsTyped(index: SearchIndex, number: HouseNumber, rows: FoundRow[]): boolean {
  return !number.certain && index.vocabulary.has(number.number) && topScore(rows) >= CERTAIN
}

/** Tries harder only while nothing is understood: "la guardia" as one word, then typing errors and words around the streets. */
const EFFORTS = [
  { mend: false, fuzzy: false },
  { mend: true, fuzzy: false },
  { mend: true, fuzzy: true },
]

function bestRows(index: SearchIndex, folded: string): FoundRow[] {
  let best: FoundRow[] = []
  for (const effort of EFFORTS) {
    const rows = findRows(index, prepareQuery(index, folded, effort), effort.fuzzy)
    if (topScore(rows) > topScore(best)) best = rows
    if (topScore(best) >= UNDERSTOOD) break
  }
  return best
}

const topScore = (rows: FoundRow[]) => rows.reduce((best, row) => Math.max(best, row.score), 0)

/** Best first: score in steps, then nearness, then the kind of place, then the exact score. */
function ranked(index: SearchIndex, rows: FoundRow[], near: Point | undefined): FoundRow[] {
  const areaNamed = rows.some((row) => row.inNamedArea)
  const keyed = rows.map((row) => {
    const bias = near || areaNamed ? 0 : (index.bias.get(row.within) ?? 0)
    const score = row.score + bias
    return {
      row,
      score,
      step: Math.round(score * 30),
      metres: near ? Math.round(distanceMetres(near, row)) : 0,
      rank: index.kindRank(row.kind),
    }
  })
  keyed.sort(
    (a, b) =>
      b.step - a.step ||
      a.metres - b.metres ||
      a.rank - b.rank ||
      b.score - a.score ||
      (a.row.id < b.row.id ? -1 : 1),
  )
  return keyed.map(({ row }) => row)
}

function toHits(
  rows: FoundRow[],
  limit: number,
  nearest: boolean,
  toPlace: (row: FoundRow) => Place,
): PlaceHit[] {
  const hits: PlaceHit[] = []
  const spots = new Set<string>()
  for (const row of rows) {
    // "5 Av & E 42 St" and "5 Av & W 42 St" are one spot: once is enough.
    const spot = `${row.kind}|${row.lat}|${row.lon}`
    if (spots.has(spot) || hits.length >= limit) continue
    spots.add(spot)
    const place = toPlace(row)
    const score = Math.round(Math.min(1, Math.max(0, row.score)) * 1000) / 1000
    hits.push({
      ...place,
      ...(nearest ? { note: 'nearest-corner' as const } : {}),
      uncertaintyMetres: row.uncertaintyMetres ?? place.uncertaintyMetres,
      score,
    })
  }
  return hits
}
