import {
  cellToParent,
  compactCells,
  getResolution,
  latLngToCell,
  POLYGON_TO_CELLS_FLAGS,
  polygonToCellsExperimental,
} from 'h3-js'
import type { GeoJsonGeometry } from '../../incidents/index.ts'
import type { City } from '../../kernel/city/index.ts'

/** More cells than this and an area is told by coarser ones. */
const mostCells = 16

/**
 * The cells of what an alert is about, as precise as it may be shown and no more: a corner's cell; a
 * wide place's own; every cell that a neighbourhood touches. Who asked for one of them, or for a cell
 * that holds or is held by one, is told.
 */
export function alertCells(
  city: City,
  place: { geometry: GeoJsonGeometry | null; areaIds: readonly string[] },
): string[] {
  const { geometry } = place
  if (geometry?.type === 'Point') {
    const [lon, lat] = geometry.coordinates
    return [latLngToCell(lat, lon, 9)]
  }
  const shapes = geometry ? polygonsOf(geometry) : smallestArea(city, place.areaIds)
  for (let resolution = 8; resolution >= 5; resolution--) {
    const cells = touching(shapes, resolution)
    if (cells.length > 0 && cells.length <= mostCells) return cells
  }
  return coarsest(touching(shapes, 5))
}

type Polygon = [number, number][][]

const polygonsOf = (geometry: Exclude<GeoJsonGeometry, { type: 'Point' }>): Polygon[] =>
  geometry.type === 'Polygon' ? [geometry.coordinates] : geometry.coordinates

function smallestArea(city: City, areaIds: readonly string[]): Polygon[] {
  const shapes = areaIds.map((id) => ({ id, kind: city.areaById(id)?.kind }))
  const neighbourhood = shapes.find(({ kind }) => kind === 'neighbourhood') ?? shapes[0]
  return neighbourhood ? (city.areaShape(neighbourhood.id)?.coordinates ?? []) : []
}

const touching = (shapes: readonly Polygon[], resolution: number): string[] => [
  ...new Set(
    shapes.flatMap((rings) =>
      polygonToCellsExperimental(
        rings,
        resolution,
        POLYGON_TO_CELLS_FLAGS.containmentOverlapping,
        true,
      ),
    ),
  ),
]

function coarsest(cells: string[]): string[] {
  const compact = compactCells(cells)
  return compact.length <= mostCells
    ? compact
    : [
        ...new Set(compact.map((cell) => cellToParent(cell, Math.min(4, getResolution(cell))))),
      ].slice(0, mostCells)
}
