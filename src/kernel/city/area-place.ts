import type { MultiPolygon } from '../geo.ts'
import type { City } from './contract.ts'

/** A place told by its neighbourhood alone: a name and its outline, no point. */
export interface AreaPlace {
  placeLabel: string
  areaIds: string[]
  geometry: MultiPolygon | null
}

/**
 * The neighbourhood among these areas (else the first of them, else the city) as a place. Only
 * kinds of area that the pack calls public are named.
 */
export function areaPlace(city: City, areaIds: readonly string[]): AreaPlace {
  const shown = new Set(city.areaKinds.filter((each) => each.public).map(({ kind }) => kind))
  const areas = areaIds
    .flatMap((id) => city.areaById(id) ?? [])
    .filter(({ kind }) => shown.has(kind))
  const area = areas.find(({ kind }) => kind === 'neighbourhood') ?? areas[0]
  return {
    placeLabel: area?.name ?? city.name.en ?? city.id,
    areaIds: areas.map(({ id }) => id),
    geometry: (area && city.areaShape(area.id)) ?? null,
  }
}
