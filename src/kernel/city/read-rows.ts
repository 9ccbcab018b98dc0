// Turns the text of a dataset into rows, naming each row that cannot be used.
import { z } from 'zod'
import { type BBox, isPoint, type MultiPolygon, type Ring } from '../geo.ts'
import { type AreaInput, centreOf } from './areas.ts'
import { readCsv } from './csv.ts'

export interface StreetRow {
  name: string
  within: string
  lat: number
  lon: number
  box: BBox
}
export interface CornerRow {
  streetA: string
  streetB: string
  within: string
  lat: number
  lon: number
}
export interface PlaceRow {
  kind: string
  name: string
  within: string
  lat: number
  lon: number
  lines: string
  aliases: string[]
  uncertaintyMetres: number
}

export type TellFault = (message: string, row?: number) => void
interface Rows<T> {
  good: T[]
  count: number
}

const areaProperties = z.object({
  id: z.string().regex(/^[A-Za-z0-9-]+$/),
  name: z.string().min(1),
  parent: z.string().optional(),
  population: z.number().int().nonnegative().optional(),
  label: z.record(z.string(), z.string().min(1)).optional(),
  aliases: z.array(z.string().min(1)).optional(),
})

/** Areas of one GeoJSON file, all of `kind`. */
export function readAreas(text: string, kind: string, fault: TellFault): Rows<AreaInput> {
  const features = featuresOf(text, fault)
  const good: AreaInput[] = []
  for (const [i, feature] of features.entries()) {
    const properties = areaProperties.safeParse(feature.properties)
    const shape = shapeOf(feature.geometry)
    if (!properties.success) {
      const issue = properties.error.issues[0]
      fault(
        `property "${issue?.path.join('.')}": ${issue?.message}. Every area needs an id (letters, digits, hyphens) and a name.`,
        i + 1,
      )
    } else if (!shape) {
      fault(
        'has no usable shape; give it a Polygon or MultiPolygon of closed rings with [longitude, latitude] pairs.',
        i + 1,
      )
    } else {
      const { label, aliases, ...rest } = properties.data
      good.push({
        area: { ...rest, kind, label: { en: rest.name, ...label }, centre: centreOf(shape) },
        shape,
        aliases: aliases ?? [],
      })
    }
  }
  return { good, count: features.length }
}

/** Street corners: street_a, street_b, within, lat, lon. */
export function readCorners(text: string, fault: TellFault): Rows<CornerRow> {
  const columns = ['street_a', 'street_b', 'within', 'lat', 'lon']
  return readTable(text, columns, fault, ([streetA = '', streetB = '', within = '', lat, lon]) => {
    if (!streetA || !streetB) return 'needs both street_a and street_b'
    return { streetA, streetB, within, lat: Number(lat), lon: Number(lon) }
  })
}

/** Streets: name, within, lat, lon and the box west, south, east, north. */
export function readStreets(text: string, fault: TellFault): Rows<StreetRow> {
  const columns = ['name', 'within', 'lat', 'lon', 'west', 'south', 'east', 'north']
  return readTable(text, columns, fault, ([name = '', within = '', lat, lon, ...box]) => {
    if (!name) return 'needs a name'
    const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] =
      box.map(Number)
    if (!(west <= east && south <= north))
      return 'has a box whose west is over its east or south over its north'
    return {
      name,
      within,
      lat: Number(lat),
      lon: Number(lon),
      box: [west, south, east, north] as BBox,
    }
  })
}

/** Named places: kind, name, within, lat, lon, lines, aliases (split by |), uncertainty_metres. */
export function readPlaces(text: string, fault: TellFault): Rows<PlaceRow> {
  const columns = ['kind', 'name', 'within', 'lat', 'lon', 'lines', 'aliases', 'uncertainty_metres']
  return readTable(
    text,
    columns,
    fault,
    ([kind = '', name = '', within = '', lat, lon, lines = '', aliases = '', metres = '']) => {
      if (!kind || !name) return 'needs a kind and a name'
      const uncertaintyMetres = Number(metres)
      if (!(uncertaintyMetres > 0)) return 'needs uncertainty_metres over 0'
      return {
        kind,
        name,
        within,
        lat: Number(lat),
        lon: Number(lon),
        lines,
        aliases: aliases ? aliases.split('|') : [],
        uncertaintyMetres,
      }
    },
  )
}

function readTable<T extends { lat: number; lon: number }>(
  text: string,
  columns: string[],
  fault: TellFault,
  build: (cells: string[]) => T | string,
): Rows<T> {
  const [header = [], ...rows] = readCsv(text)
  const at = columns.map((column) => header.indexOf(column))
  const missing = columns.filter((_, i) => (at[i] as number) < 0)
  if (missing.length > 0) {
    fault(
      `lacks the column ${missing.join(', ')}; the first line must name the columns ${columns.join(',')}.`,
    )
    return { good: [], count: rows.length }
  }
  const good: T[] = []
  rows.forEach((row, i) => {
    const built = build(at.map((column) => row[column] ?? ''))
    if (typeof built === 'string') fault(`${built}; complete or remove the row.`, i + 1)
    else if (!isPoint(built))
      fault(
        'has no usable lat and lon; write them as degrees, such as 40.74764 and -73.88394.',
        i + 1,
      )
    else good.push(built)
  })
  return { good, count: rows.length }
}

function featuresOf(
  text: string,
  fault: TellFault,
): { properties?: unknown; geometry?: unknown }[] {
  try {
    const { features } = JSON.parse(text) as { features?: unknown }
    if (Array.isArray(features)) return features as { properties?: unknown; geometry?: unknown }[]
  } catch {
    // Falls through: broken JSON and a wrong top level need the same action.
  }
  fault('is not a GeoJSON FeatureCollection; export it again as GeoJSON in WGS84.')
  return []
}

function shapeOf(geometry: unknown): MultiPolygon | undefined {
  const { type, coordinates } = (geometry ?? {}) as { type?: string; coordinates?: unknown }
  const polygons =
    type === 'Polygon' ? [coordinates] : type === 'MultiPolygon' ? coordinates : undefined
  if (!Array.isArray(polygons) || polygons.length === 0) return undefined
  const whole = polygons.every(
    (rings) => Array.isArray(rings) && rings.length > 0 && rings.every(isClosedRing),
  )
  return whole ? { type: 'MultiPolygon', coordinates: polygons as Ring[][] } : undefined
}

function isClosedRing(ring: unknown): boolean {
  if (!Array.isArray(ring) || ring.length < 4) return false
  const pairs = ring as unknown[]
  const ok = pairs.every(
    (p) =>
      Array.isArray(p) &&
      typeof p[0] === 'number' &&
      typeof p[1] === 'number' &&
      isPoint({ lon: p[0], lat: p[1] }),
  )
  if (!ok) return false
  const [first, last] = [ring[0], ring[ring.length - 1]] as [Ring[0], Ring[0]]
  return first[0] === last[0] && first[1] === last[1]
}
