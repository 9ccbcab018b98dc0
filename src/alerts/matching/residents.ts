import { cellToParent, latLngToCell, polygonToCells } from 'h3-js'
import type { Area, City } from '../../kernel/city/index.ts'

/** The finest cells a subscription may name; about 350 m across. */
export const finestResolution = 9
/** The coarsest; about 20 km across. */
export const coarsestResolution = 5

/** How many people live in each cell of a city, at every resolution a subscription may have. */
export interface Residents {
  of(cell: string): number
  total: number
}

/**
 * Spreads the residents of the pack's smallest counted areas evenly over the cells in them. A guess
 * within an area, and the reason why cells are grown: no cell is counted with people it may not have
 * in areas that nobody lives in.
 */
export function residentsOf(city: City): Residents {
  const counts = new Map<string, number>()
  const add = (cell: string, people: number): void => {
    for (let resolution = finestResolution; resolution >= coarsestResolution; resolution--) {
      const at = resolution === finestResolution ? cell : cellToParent(cell, resolution)
      counts.set(at, (counts.get(at) ?? 0) + people)
    }
  }
  let total = 0
  for (const area of countedAreas(city)) {
    const cells = cellsWithin(city, area)
    const { population = 0 } = area
    total += population
    for (const cell of cells) add(cell, population / cells.length)
  }
  return { of: (cell) => counts.get(cell) ?? 0, total }
}

/** Of the kinds of area whose residents the pack counts, the one with the most areas. */
function countedAreas(city: City) {
  const kinds = Map.groupBy(
    city.areas.filter(({ population }) => population !== undefined),
    ({ kind }) => kind,
  )
  return [...kinds.values()].sort((a, b) => b.length - a.length)[0] ?? []
}

/** The finest cells whose middle an area holds; the one of its own middle where it is smaller. */
function cellsWithin(city: City, { id, centre }: Area): string[] {
  const shape = city.areaShape(id)
  const cells = (shape?.coordinates ?? []).flatMap((rings) =>
    polygonToCells(rings, finestResolution, true),
  )
  return cells.length > 0 ? cells : [latLngToCell(centre.lat, centre.lon, finestResolution)]
}
