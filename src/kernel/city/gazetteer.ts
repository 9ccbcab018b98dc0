// Every place of the city in memory: streets with their corners, named places, areas. Rows in, numbered tables out.
import { type BBox, halfDiagonalMetres, type Point } from '../geo.ts'
import type { AreaIndex, AreaInput } from './areas.ts'
import type { CornerRow, PlaceRow, StreetRow } from './read-rows.ts'
import { cornerId, giveIds, namedId, slug } from './search/place-id.ts'

/** A corner is known to about the width of a crossing. */
const CORNER_METRES = 30

export interface Street extends Point {
  id: string
  name: string
  within: string
  box: BBox
  /** Numbers of its corners. */
  corners: number[]
}

export interface Corner extends Point {
  id: string
  streetA: number
  streetB: number
  within: string
}

/** Anything with a name that is not a street: station, park, area. */
export interface Named extends Point {
  id: string
  kind: string
  name: string
  within: string
  lines: string
  aliases: string[]
  uncertaintyMetres: number
  /** Set when the place is an area of the pack. */
  areaId?: string
}

export interface Gazetteer {
  streets: Street[]
  corners: Corner[]
  named: Named[]
  cornerMetres: number
}

/** Builds the tables; the same rows give the same ids whatever their order. */
export function buildGazetteer(
  rows: { streets: StreetRow[]; corners: CornerRow[]; places: PlaceRow[]; areas: AreaInput[] },
  index: AreaIndex,
  landKind: string,
): Gazetteer {
  const slugOf = remembered(slug)
  const streets: Street[] = giveIds(rows.streets, (row) =>
    namedId('street', row.name, row.within),
  ).map(({ row, id }) => ({ ...row, id, corners: [] }))
  const table: StreetTable = {
    streets,
    slugOf,
    numbers: new Map(streets.map((street, i) => [`${slugOf(street.name)}@${street.within}`, i])),
  }
  const corners = buildCorners(rows.corners, table)
  const named = [
    ...rows.areas.map((input) => areaAsPlace(input, index, landKind)),
    ...placesWithIds(rows.places),
  ]
  return { streets, corners, named, cornerMetres: CORNER_METRES }
}

/** How far from the middle of the street its far end can be. */
export function streetUncertaintyMetres(street: Street): number {
  return Math.max(CORNER_METRES, Math.round(halfDiagonalMetres(street.box)))
}

interface StreetTable {
  streets: Street[]
  numbers: Map<string, number>
  slugOf(name: string): string
}

/** Each street name stands at many corners; folding it once saves a third of the loading time. */
function remembered(make: (name: string) => string): (name: string) => string {
  const known = new Map<string, string>()
  return (name) => {
    const before = known.get(name)
    if (before !== undefined) return before
    const made = make(name)
    known.set(name, made)
    return made
  }
}

function buildCorners(rows: CornerRow[], table: StreetTable): Corner[] {
  const withIds = giveIds(rows, (row) =>
    cornerId(table.slugOf(row.streetA), table.slugOf(row.streetB), row.within),
  )
  return withIds.map(({ row, id }, i) => {
    const streetA = streetNumber(row.streetA, row, table)
    const streetB = streetNumber(row.streetB, row, table)
    table.streets[streetA]?.corners.push(i)
    table.streets[streetB]?.corners.push(i)
    return { id, streetA, streetB, within: row.within, lat: row.lat, lon: row.lon }
  })
}

/** A corner may name a street that the streets file lacks: the street is then known by its corners only. */
function streetNumber(
  name: string,
  { within, lat, lon }: CornerRow,
  { streets, numbers, slugOf }: StreetTable,
): number {
  const key = `${slugOf(name)}@${within}`
  const known = numbers.get(key)
  if (known !== undefined) return known
  numbers.set(key, streets.length)
  return (
    streets.push({
      id: namedId('street', name, within),
      name,
      within,
      lat,
      lon,
      box: [lon, lat, lon, lat],
      corners: [],
    }) - 1
  )
}

function placesWithIds(places: PlaceRow[]): Named[] {
  return giveIds(places, (row) => namedId(row.kind, row.name, row.within)).map(({ row, id }) => ({
    ...row,
    id,
  }))
}

function areaAsPlace({ area, aliases }: AreaInput, index: AreaIndex, landKind: string): Named {
  const labels = Object.values(area.label).filter((label) => label !== area.name)
  return {
    id: `area:${area.id}`,
    kind: area.kind,
    name: area.name,
    // A borough of which all else is part needs no "Queens, Queens".
    within: area.kind === landKind ? '' : (area.parent ?? ''),
    ...area.centre,
    lines: '',
    aliases: [...aliases, ...labels],
    uncertaintyMetres: index.radiusMetres(area.id),
    areaId: area.id,
  }
}
