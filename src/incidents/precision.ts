import { cellToBoundary, latLngToCell } from 'h3-js'
import { areaPlace, type City } from '../kernel/city/index.ts'
import type { Point } from '../kernel/geo.ts'
import type { GeoJsonGeometry, IncidentsPolicy, Precision } from './contract.ts'

/** From the most protective to the least. */
const order: readonly Precision[] = ['neighbourhood', 'wide', 'corner']

/** How precisely a kind of place may be shown; a kind nobody decided on is shown as its neighbourhood. */
export const precisionOf = (
  placeKind: string,
  policy: Pick<IncidentsPolicy, 'precision'>,
): Precision => policy.precision[placeKind] ?? 'neighbourhood'

/** Of the kinds that reports name, the one that must be protected most. */
export function mostProtected(
  placeKinds: readonly string[],
  policy: Pick<IncidentsPolicy, 'precision'>,
): string {
  const rank = (kind: string): number => order.indexOf(precisionOf(kind, policy))
  return [...placeKinds].sort((a, b) => rank(a) - rank(b))[0] ?? 'other'
}

/** What may be shown of a place, and nothing finer. */
export interface PublicPlace {
  precision: Precision
  placeLabel: string
  areaIds: string[]
  geometry: GeoJsonGeometry | null
}

/** H3 resolution of a wide place: cells about 1 km across, so that no one building is meant. */
const wideResolution = 8

/**
 * The public face of a place (security.md S24): the street corner; or a cell that says no more than
 * "around here"; or the neighbourhood. Never the reported point itself.
 */
export function publicPlace(point: Point | null, wanted: Precision, city: City): PublicPlace {
  const around = areaPlace(city, point ? city.areasAt(point).map(({ id }) => id) : [])
  const corner = wanted === 'corner' && point ? city.nearestCorner(point) : undefined
  if (corner)
    return { ...around, precision: 'corner', placeLabel: corner.label, geometry: pin(corner) }
  if (wanted === 'wide' && point) return { ...around, precision: 'wide', geometry: wideCell(point) }
  return { ...around, precision: 'neighbourhood' }
}

const pin = ({ lat, lon }: Point): GeoJsonGeometry => ({ type: 'Point', coordinates: [lon, lat] })

function wideCell({ lat, lon }: Point): GeoJsonGeometry {
  const ring = cellToBoundary(latLngToCell(lat, lon, wideResolution), true) as [number, number][]
  const closed = ring.map(([x, y]): [number, number] => [round(x), round(y)])
  return { type: 'Polygon', coordinates: [closed] }
}

const round = (degrees: number): number => Math.round(degrees * 1e5) / 1e5
