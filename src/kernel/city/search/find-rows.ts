// What one prepared query finds: corners of two streets, and things with a name.
import type { PreparedQuery } from './prepare-query.ts'
import { cornerPairs, type Reading } from './readings.ts'
import type { SearchIndex } from './search-index.ts'
import type { Table } from './tables.ts'

const UNKNOWN_WORD = 0.1
const IN_NAMED_AREA = 0.01
const JOINED_NAME = 0.12
const LEAST_SCORE = 0.15

export interface FoundRow {
  table: Table
  number: number
  score: number
  /** It lies in an area that the query names, so no guess about the area is needed. */
  inNamedArea?: boolean
  /** Overrides the place's own when a house number makes it wider. */
  uncertaintyMetres?: number
}

/** One number for each row of all tables. */
export const rowKey = ({ table, number }: Pick<FoundRow, 'table' | 'number'>): number =>
  4 * number + { corner: 0, street: 1, named: 2 }[table]

/** All rows that fit some reading, each once with its best score, unordered. */
export function findRows(index: SearchIndex, query: PreparedQuery, relaxed: boolean): FoundRow[] {
  const best = new Map<number, FoundRow>()
  const matchStreets = memoised(index, query)
  for (const reading of query.readings) {
    const keep = keeper(query, reading, best)
    for (const { a, b, cost } of cornerPairs(reading, relaxed)) {
      const off =
        cost +
        (reading.joined && reading.parts.length === 2 ? 0 : query.asArea(a) + query.asArea(b))
      corners(index, matchStreets(a), matchStreets(b), off, keep)
    }
    names(index, query, reading, matchStreets, keep)
  }
  return [...best.values()]
}

type Keep = (table: Table, number: number, score: number) => void

function keeper(query: PreparedQuery, reading: Reading, best: Map<number, FoundRow>): Keep {
  const placed = reading.areaKeys.length > 0
  return (table, number, fit) => {
    const found = fit - reading.cost
    const key = rowKey({ table, number })
    const seen = best.get(key)?.score ?? LEAST_SCORE
    if (found + IN_NAMED_AREA <= seen) return
    const factor = placed ? query.areaFactor(reading, table, number) : 1
    const inNamedArea = placed && factor === 1
    const score = found * factor + (inNamedArea ? IN_NAMED_AREA : 0)
    if (score > seen) best.set(key, { table, number, score, inNamedArea })
  }
}

type StreetScores = Map<number, number>

function memoised(index: SearchIndex, query: PreparedQuery): (words: string[]) => StreetScores {
  const known = new Map<string, StreetScores>()
  return (words) => {
    const key = words.join(' ')
    const found = known.get(key) ?? matchAll(index, query, words)
    known.set(key, found)
    return found
  }
}

function matchAll(index: SearchIndex, query: PreparedQuery, words: string[]): StreetScores {
  const { span, unknown } = query.spanOf(words)
  if (span.length === 0) return new Map()
  const scores = index.streets.match(span)
  if (unknown > 0)
    for (const [street, score] of scores) scores.set(street, score - UNKNOWN_WORD * unknown)
  return scores
}

function corners(
  index: SearchIndex,
  a: StreetScores,
  b: StreetScores,
  cost: number,
  keep: Keep,
): void {
  const { streets, corners: rows } = index.tables
  const [few, many] = a.size <= b.size ? [a, b] : [b, a]
  if (few.size === 0 || many.size === 0) return
  for (const [street, score] of few) {
    const end = streets.cornersFrom[street + 1] as number
    for (let i = streets.cornersFrom[street] as number; i < end; i++) {
      const number = streets.cornersOf[i] as number
      const one = rows.streetA[number] as number
      const other = many.get(one === street ? (rows.streetB[number] as number) : one)
      if (other !== undefined) keep('corner', number, (score + other) / 2 - cost)
    }
  }
}

function names(
  index: SearchIndex,
  query: PreparedQuery,
  reading: Reading,
  matchStreets: (words: string[]) => StreetScores,
  keep: Keep,
): void {
  const words = reading.parts.flat()
  const { span, unknown } = query.spanOf(words)
  if (span.length === 0) return
  // "A & B" is no street; it may be a stop or a station, but a corner that fits is the better answer.
  const off = UNKNOWN_WORD * unknown + (reading.joined ? JOINED_NAME : 0)
  if (!reading.joined)
    for (const [street, score] of matchStreets(words)) keep('street', street, score)
  for (const [place, score] of index.named.match(span)) keep('named', place, score - off)
}
