// Every place of a city in columns: what a server holds in memory and what a phone keeps on it.
import type { SearchSettings } from '../contract.ts'
import { type Column, unpack } from './packed.ts'

/** Files of another format are made anew, never guessed at. */
export const FORMAT = 1

/** Degrees are kept as whole millionths: 0.1 m. */
export const MILLIONTHS = 1e6

/** What a city's areas are called; their shapes stay on the server. */
export interface AreaRow {
  id: string
  kind: string
  name: string
  /** Names in other languages, where they differ. */
  label: Record<string, string>
}

export interface About {
  format: number
  city: string
  /** Tells one pack's data from another's. */
  stamp: string
  landKind: string
  search: SearchSettings
  areas: AreaRow[]
  kinds: string[]
  /** Sets of areas (their numbers, in the order of `areas`) that places lie in. */
  areaSets: number[][]
  cornerMetres: number
}

/** Rows with a position. `within` is the parent area's number plus one, 0 for none; `areaSet` indexes About.areaSets. */
interface Rows {
  count: number
  lat: Int32Array
  lon: Int32Array
  within: Int32Array
  areaSet: Int32Array
  /** 1 where the id ends in the position, because another row bears the same name. */
  positioned: Int32Array
}

export interface StreetRows extends Rows {
  name: readonly string[]
  metres: Int32Array
  /** Corners of street i: numbers `cornersFrom[i]` to `cornersFrom[i + 1]` of `cornersOf`. */
  cornersFrom: Int32Array
  cornersOf: Int32Array
}

export interface CornerRows extends Rows {
  streetA: Int32Array
  streetB: Int32Array
}

export interface NamedRows extends Rows {
  name: readonly string[]
  lines: readonly string[]
  kind: Int32Array
  metres: Int32Array
  /** The area's number plus one where the place is an area, else 0. */
  area: Int32Array
}

/** Names as numbers of words: what is looked up. */
export interface NameRows {
  target: Int32Array
  /** Words of name i: from `wordsFrom[i]` to `wordsFrom[i + 1]`. */
  wordsFrom: Int32Array
  words: Int32Array
  /** Weight of each word in hundredths. */
  weights: Int32Array
  /** Taken off its score, in hundredths. */
  penalty: Int32Array
}

export interface Tables {
  about: About
  streets: StreetRows
  corners: CornerRows
  named: NamedRows
  /** Every word of a name, sorted. */
  words: readonly string[]
  /** Long forms of words ("heights") and the number of the word each stands for ("hts"). */
  forms: readonly string[]
  formWords: Int32Array
  streetNames: NameRows
  placeNames: NameRows
}

export type Table = 'corner' | 'street' | 'named'

/** Opens a city's file of places. Throws an Error when it is none, or of another format. */
export function openTables(packed: Uint8Array): Tables {
  const { about, column } = unpack<About>(packed)
  if (about.format !== FORMAT) throw new Error('The file of places has another format.')
  const get = <T extends Column>(name: string) => column(name) as T
  const rows = (table: Table): Rows => ({
    count: get<Int32Array>(`${table}.lat`).length,
    lat: get(`${table}.lat`),
    lon: get(`${table}.lon`),
    within: get(`${table}.within`),
    areaSet: get(`${table}.areaSet`),
    positioned: get(`${table}.positioned`),
  })
  const corners: CornerRows = {
    ...rows('corner'),
    streetA: get('corner.streetA'),
    streetB: get('corner.streetB'),
  }
  const streets = {
    ...rows('street'),
    name: get<string[]>('street.name'),
    metres: get<Int32Array>('street.metres'),
  }
  return {
    about,
    corners,
    streets: { ...streets, ...cornersByStreet(corners, streets.count) },
    named: {
      ...rows('named'),
      name: get('named.name'),
      lines: get('named.lines'),
      kind: get('named.kind'),
      metres: get('named.metres'),
      area: get('named.area'),
    },
    words: get('words'),
    forms: get('forms'),
    formWords: get('formWords'),
    streetNames: namesOf('streetNames', get),
    placeNames: namesOf('placeNames', get),
  }
}

function namesOf(table: string, get: <T extends Column>(name: string) => T): NameRows {
  const lengths = get<Int32Array>(`${table}.lengths`)
  return {
    target: get(`${table}.target`),
    wordsFrom: startsOf(lengths),
    words: get(`${table}.words`),
    weights: get(`${table}.weights`),
    penalty: get(`${table}.penalty`),
  }
}

/** Where each run begins, and at the end the total. */
export function startsOf(lengths: ArrayLike<number>): Int32Array {
  const starts = new Int32Array(lengths.length + 1)
  for (let i = 0; i < lengths.length; i++)
    starts[i + 1] = (starts[i] as number) + (lengths[i] as number)
  return starts
}

function cornersByStreet(
  { count, streetA, streetB }: CornerRows,
  streets: number,
): Pick<StreetRows, 'cornersFrom' | 'cornersOf'> {
  const lengths = new Int32Array(streets)
  const tell = (visit: (street: number, corner: number) => void) => {
    for (let i = 0; i < count; i++) {
      visit(streetA[i] as number, i)
      visit(streetB[i] as number, i)
    }
  }
  tell((street) => {
    lengths[street] = (lengths[street] as number) + 1
  })
  const cornersFrom = startsOf(lengths)
  const next = cornersFrom.slice()
  const cornersOf = new Int32Array(2 * count)
  tell((street, corner) => {
    const at = next[street] as number
    cornersOf[at] = corner
    next[street] = at + 1
  })
  return { cornersFrom, cornersOf }
}
