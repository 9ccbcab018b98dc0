// Puts a City together from a pack folder.
import Flatbush from 'flatbush'
import { isPoint, metresPerDegree, type Point } from '../geo.ts'
import { indexAreas } from './areas.ts'
import { buildTables } from './build-tables.ts'
import type { City, Pack } from './contract.ts'
import { buildGazetteer } from './gazetteer.ts'
import { faultLine, type PackContent, readPack } from './read-pack.ts'
import { placeOf } from './search/place-of.ts'
import { searchPlaces } from './search/place-search.ts'
import { makeSearchIndex, pointOf, type SearchIndex } from './search/search-index.ts'
import { openTables } from './search/tables.ts'

/** Reads a pack folder into memory. Throws one Error that lists every fault, each a sentence. */
export async function loadCity(folder: string): Promise<City> {
  const { content, faults } = await readPack(folder, { skipMap: true })
  if (!content || faults.length > 0) {
    throw new Error(
      `The city pack in ${folder} cannot be used:\n${faults.map(faultLine).join('\n')}`,
    )
  }
  return assemble(content)
}

function assemble(content: PackContent): City {
  const { pack } = content
  const areas = indexAreas(content.areas, pack.landKind)
  const gazetteer = buildGazetteer(content, areas, pack.landKind)
  const tables = openTables(buildTables(content, gazetteer, areas, ''))
  const index = makeSearchIndex(tables)
  const nearest = cornerFinder(index)
  return {
    ...settingsOf(pack),
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
