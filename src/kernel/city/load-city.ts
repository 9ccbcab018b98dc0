// Puts a City together from a pack folder.
import Flatbush from 'flatbush'
import { isPoint, metresPerDegree, type Point } from '../geo.ts'
import { openAreas } from './area-shapes.ts'
import { indexAreas } from './areas.ts'
import type { City, Pack } from './contract.ts'
import { keptReady, makeReady, type ReadyCity } from './kept-city.ts'
import { placeOf } from './search/place-of.ts'
import { searchPlaces } from './search/place-search.ts'
import { makeSearchIndex, pointOf, type SearchIndex } from './search/search-index.ts'
import { openTables } from './search/tables.ts'

/**
 * Reads a pack folder into memory; from `keptIn`, where it is kept ready, if that is given. Throws one Error that
 * lists every fault, each a sentence.
 */
export async function loadCity(
  folder: string,
  { keptIn }: { keptIn?: string } = {},
): Promise<City> {
  return assemble(keptIn ? await keptReady(folder, keptIn) : await makeReady(folder))
}

function assemble(ready: ReadyCity): City {
  const { pack, outlines } = openAreas(ready.areas)
  const areas = indexAreas(outlines, pack.landKind)
  const index = makeSearchIndex(openTables(ready.places))
  const nearest = cornerFinder(index)
  return {
    ...settingsOf(pack),
    placesFile: ready.placesFile,
    areas: areas.areas,
    contains: areas.contains,
    areasAt: areas.at,
    areaById: areas.byId,
    areaShape: areas.shapeOf,
    search: (query, options = {}) => searchPlaces(index, query, options),
    placeById: (placeId) => {
      const row = index.ids.rowOf(placeId)
      return row && placeOf(index, row)
    },
    nearestCorner: (p) => {
      const number = nearest(p)
      return number === undefined ? undefined : placeOf(index, { table: 'corner', number })
    },
  }
}

function settingsOf(pack: Pack) {
  const { landKind, search, ...settings } = pack
  return settings
}

function cornerFinder(index: SearchIndex): (p: Point) => number | undefined {
  const { count } = index.tables.corners
  if (count === 0) return () => undefined
  // The tree measures in flat units, so longitude is shrunk to the length it has here.
  const scale = metresPerDegree(pointOf(index, 'corner', 0).lat)
  const ratio = scale.lon / scale.lat
  let tree: Flatbush | undefined
  const grow = (): Flatbush => {
    const grown = new Flatbush(count)
    for (let i = 0; i < count; i++) {
      const { lat, lon } = pointOf(index, 'corner', i)
      grown.add(lon * ratio, lat)
    }
    grown.finish()
    return grown
  }
  return (p) => {
    if (!isPoint(p)) return undefined
    tree ??= grow()
    return tree.neighbors(p.lon * ratio, p.lat, 1)[0]
  }
}
