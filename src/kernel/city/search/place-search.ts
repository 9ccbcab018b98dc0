// Place search: reads a query every sensible way, scores what each reading finds, and ranks the lot.
import { distanceMetres, isPoint, type Point } from '../../geo.ts'
import type { PlaceAnswer, PlaceHit, SearchOptions } from '../contract.ts'
import { type FoundRow, findRows } from './find-rows.ts'
import { fold } from './fold.ts'
import { type HouseNumber, houseNumberAnswer, leadingHouseNumber } from './house-number.ts'
import { placeOf } from './place-of.ts'
import { prepareQuery } from './prepare-query.ts'
import { pointOf, type SearchIndex } from './search-index.ts'
import { inLatin } from './sounds.ts'

const MOST_RESULTS = 50
/** Below this, nothing was understood: allow typing errors in every word and words around the streets. */
const UNDERSTOOD = 0.8
/** The same for other scripts, where every word is a guess by the ear. */
const HEARD_WELL = 0.88
/** At or above this, a leading number was part of a name or a corner, not a house number. */
const CERTAIN = 0.8

interface Ranked {
  rows: FoundRow[]
  house: boolean
  nearest: boolean
}

/** Searches; never throws, whatever the text. */
export function searchPlaces(
  index: SearchIndex,
  query: string,
  options: SearchOptions = {},
): PlaceAnswer {
  const limit = Math.max(0, Math.min(MOST_RESULTS, Math.floor(Number(options.limit ?? 8)) || 0))
  const near = options.near && isPoint(options.near) ? options.near : undefined
  const folded = fold(String(query))
  if (limit === 0 || !/[\p{L}\p{N}]/u.test(folded)) return { places: [], houseNumbers: null }
  const { rows, house, nearest } = rankedRows(index, folded, near)
  return {
    places: toHits(index, rows, { limit, nearest, lang: options.lang }),
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
  const enough = inLatin(folded) === null ? UNDERSTOOD : HEARD_WELL
  for (const effort of EFFORTS) {
    const rows = findRows(index, prepareQuery(index, folded, effort), effort.fuzzy)
    if (topScore(rows) > topScore(best)) best = rows
    if (topScore(best) >= enough) break
  }
  return best
}

const topScore = (rows: FoundRow[]) => rows.reduce((best, row) => Math.max(best, row.score), 0)

/** Best first: score in steps, then nearness, then the kind of place, then the exact score. */
function ranked(index: SearchIndex, rows: FoundRow[], near: Point | undefined): FoundRow[] {
  const areaNamed = rows.some((row) => row.inNamedArea)
  const least = topScore(rows) - WORTH_RANKING
  const keyed = rows
    .filter((row) => row.score >= least)
    .map((row) => {
      const rank = index.kindRank(kindOf(index, row))
      const score =
        row.score +
        (near || areaNamed ? 0 : biasOf(index, row)) +
        (rank < 0 ? WHOLE_PART_OF_CITY : 0)
      const metres = near
        ? Math.round(distanceMetres(near, pointOf(index, row.table, row.number)))
        : 0
      return {
        row,
        score,
        step: Math.round(score * 40),
        metres,
        rank,
      }
    })
  keyed.sort(
    (a, b) =>
      b.step - a.step ||
      a.metres - b.metres ||
      a.rank - b.rank ||
      b.score - a.score ||
      a.row.number - b.row.number,
  )
  return keyed.map(({ row }) => row)
}

/** "Brooklyn" is the borough before it is the bridge. */
const WHOLE_PART_OF_CITY = 0.04

/** Rows further below the best than this are of no use to anybody. */
const WORTH_RANKING = 0.5

function biasOf({ tables, bias }: SearchIndex, { table, number }: FoundRow): number {
  const rows = { corner: tables.corners, street: tables.streets, named: tables.named }[table]
  return (
    bias.get(
      (rows.within[number] as number) ||
        (table === 'named' ? (tables.named.area[number] as number) : 0),
    ) ?? 0
  )
}

export const kindOf = (
  { tables }: SearchIndex,
  { table, number }: Pick<FoundRow, 'table' | 'number'>,
): string => {
  if (table === 'corner') return 'intersection'
  return table === 'street'
    ? 'street'
    : (tables.about.kinds[tables.named.kind[number] as number] as string)
}

function toHits(
  index: SearchIndex,
  rows: FoundRow[],
  { limit, nearest, lang }: { limit: number; nearest: boolean; lang: string | undefined },
): PlaceHit[] {
  const hits: PlaceHit[] = []
  const spots = new Set<string>()
  for (const row of rows) {
    if (hits.length >= limit) break
    const place = placeOf(index, row, lang)
    // "5 Av & E 42 St" and "5 Av & W 42 St" are one spot: once is enough.
    const spot = `${place.kind}|${place.lat}|${place.lon}`
    if (spots.has(spot)) continue
    spots.add(spot)
    hits.push({
      ...place,
      ...(nearest ? { note: 'nearest-corner' as const } : {}),
      uncertaintyMetres: row.uncertaintyMetres ?? place.uncertaintyMetres,
      score: Math.round(Math.min(1, Math.max(0, row.score)) * 1000) / 1000,
    })
  }
  return hits
}
