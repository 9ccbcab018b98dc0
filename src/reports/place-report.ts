import { latLngToCell } from 'h3-js'
import type { City } from '../kernel/city/index.ts'
import type { Point } from '../kernel/geo.ts'
import type { FieldError } from '../kernel/problem.ts'
import { Problem } from '../kernel/problem.ts'
import type { PlaceInput } from './contract.ts'
import { defaultUncertaintyMetres, refusedPoint, surePlace } from './rules.ts'

/** H3 resolution of the cells that linking and statistics use: about 530 m across. */
export const cellResolution = 8

/** Where a report is, as stored. Without coordinates, a person of the desk has yet to place it. */
export interface Placed {
  lat: number | null
  lon: number | null
  uncertaintyMetres: number | null
  text: string | null
  label: string | null
  cell: string | null
  areaIds: string[]
}

const sentences = {
  'reports/outside-city': (city: string) =>
    `This point is not in ${city}. Check the coordinates, or say the place in words.`,
  'reports/swapped-coordinates': (city: string) =>
    `This point is not in ${city}, but it would be with "lat" and "lon" exchanged. Exchange them.`,
}

/**
 * Puts a place on the map. `cityLess` keeps points outside the city, without areas (imports of
 * other cities' records). Throws 422 `reports/outside-city`, `reports/swapped-coordinates` or
 * `reports/unknown-place`.
 */
export function placeReport(input: PlaceInput, city: City, { cityLess = false } = {}): Placed {
  if ('placeId' in input) return placedById(input.placeId, city)
  if ('text' in input) return cityLess ? words(input.text) : placedByWords(input.text, city)
  if (!cityLess) refusePoint(input, city)
  return pointPlaced(input, city, input.accuracyMetres ?? defaultUncertaintyMetres, null)
}

function refusePoint(point: Point, city: City): void {
  const code = refusedPoint(point, city)
  if (!code) return
  const message = sentences[code](city.name.en ?? city.id)
  const errors: FieldError[] = [{ path: 'place', code, message }]
  throw new Problem(code, 422, message, errors)
}

function placedById(placeId: string, city: City): Placed {
  const place = city.placeById(placeId)
  if (!place) {
    const message = 'No place has this placeId. Search again with /api/v1/places.'
    throw new Problem('reports/unknown-place', 422, message, [
      { path: 'place.placeId', code: 'reports/unknown-place', message },
    ])
  }
  return pointPlaced(place, city, place.uncertaintyMetres, place.label)
}

function placedByWords(text: string, city: City): Placed {
  const place = surePlace(city.search(text, { limit: 2 }))
  if (!place) return words(text)
  return { ...pointPlaced(place, city, place.uncertaintyMetres, place.label), text }
}

const words = (text: string): Placed => ({
  lat: null,
  lon: null,
  uncertaintyMetres: null,
  text,
  label: null,
  cell: null,
  areaIds: [],
})

function pointPlaced(
  point: Point,
  city: City,
  uncertaintyMetres: number,
  label: string | null,
): Placed {
  return {
    lat: point.lat,
    lon: point.lon,
    uncertaintyMetres,
    text: null,
    label: label ?? (city.contains(point) ? (city.nearestCorner(point)?.label ?? null) : null),
    cell: latLngToCell(point.lat, point.lon, cellResolution),
    areaIds: city.areasAt(point).map(({ id }) => id),
  }
}
