// What one prepared query finds: corners of two streets, and things with a name.
import type { Corner, Named, Street } from './gazetteer.ts'
import type { PreparedQuery } from './prepare-query.ts'
import { cornerPairs, type Reading } from './readings.ts'
import type { SearchIndex } from './search-index.ts'

const UNKNOWN_WORD = 0.1
const IN_NAMED_AREA = 0.01
const JOINED_NAME = 0.12

export interface FoundRow {
  table: 'corner' | 'street' | 'named'
  number: number
  id: string
  kind: string
  within: string
  lat: number
  lon: number
  score: number
  /** It lies in an area that the query names, so no guess about the area is needed. */
  inNamedArea?: boolean
  /** Overrides the place's own when a house number makes it wider. */
  uncertaintyMetres?: number
}

/** All rows that fit some reading, each once with its best score, unordered. */
export function findRows(index: SearchIndex, query: PreparedQuery, relaxed: boolean): FoundRow[] {
  const best = new Map<string, FoundRow>()
  const keep = (reading: Reading, row: FoundRow) => {
    const factor = query.areaFactor(reading, row)
    const inNamedArea = reading.areaKeys.length > 0 && factor === 1
    const score = row.score * factor + (inNamedArea ? IN_NAMED_AREA : 0)
    const seen = best.get(row.id)
    if (score > 0.15 && (!seen || seen.score < score))
      best.set(row.id, { ...row, score, inNamedArea })
  }
  for (const reading of query.readings) {
    const matchStreets = memoised(index, query)
    for (const { a, b, cost } of cornerPairs(reading, relaxed)) {
      for (const row of cornersOf(index, matchStreets(a), matchStreets(b), cost)) keep(reading, row)
    }
    for (const row of namesIn(index, query, reading)) keep(reading, row)
  }
  return [...best.values()]
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

function cornersOf(index: SearchIndex, a: StreetScores, b: StreetScores, cost: number): FoundRow[] {
  const { streets, corners } = index.gazetteer
  const [few, many] = a.size <= b.size ? [a, b] : [b, a]
  const found: FoundRow[] = []
  for (const [street, score] of few) {
    for (const number of (streets[street] as Street).corners) {
      const corner = corners[number] as Corner
      const other = many.get(corner.streetA === street ? corner.streetB : corner.streetA)
      if (other !== undefined) found.push(cornerRow(corner, number, (score + other) / 2 - cost))
    }
  }
  return found
}

function namesIn(index: SearchIndex, query: PreparedQuery, reading: Reading): FoundRow[] {
  const { span, unknown } = query.spanOf(reading.parts.flat())
  if (span.length === 0) return []
  // "A & B" is no street; it may be a stop or a station, but a corner that fits is the better answer.
  const off = UNKNOWN_WORD * unknown + (reading.joined ? JOINED_NAME : 0)
  const streets = reading.joined
    ? []
    : [...index.streets.match(span)].map(([number, score]) => streetRow(index, number, score - off))
  return [
    ...streets,
    ...[...index.named.match(span)].map(([number, score]) => namedRow(index, number, score - off)),
  ]
}

export function cornerRow(corner: Corner, number: number, score: number): FoundRow {
  return {
    table: 'corner',
    number,
    id: corner.id,
    kind: 'intersection',
    within: corner.within,
    lat: corner.lat,
    lon: corner.lon,
    score,
  }
}

export function streetRow(index: SearchIndex, number: number, score: number): FoundRow {
  const { id, within, lat, lon } = index.gazetteer.streets[number] as Street
  return { table: 'street', number, id, kind: 'street', within, lat, lon, score }
}

export function namedRow(index: SearchIndex, number: number, score: number): FoundRow {
  const { id, kind, within, lat, lon, areaId } = index.gazetteer.named[number] as Named
  return { table: 'named', number, id, kind, within: within || (areaId ?? ''), lat, lon, score }
}
