// Puts a City together from a pack folder.
import Flatbush from 'flatbush'
import { isPoint, metresPerDegree, type Point } from '../geo.ts'
import { indexAreas } from './areas.ts'
import type { City, Pack } from './contract.ts'
import { buildGazetteer, type Gazetteer } from './gazetteer.ts'
import { searchPlaces } from './place-search.ts'
import { makePlaces } from './places.ts'
import { faultLine, type PackContent, readPack } from './read-pack.ts'
import { buildSearchIndex } from './search-index.ts'

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
  const index = buildSearchIndex(gazetteer, pack.search, pack.landKind, areas.holds)
  const places = makePlaces(gazetteer, areas)
  const nearest = cornerFinder(gazetteer)
  return {
    ...settingsOf(pack),
    areas: areas.areas,
    contains: areas.contains,
    areasAt: areas.at,
    areaById: areas.byId,
    areaShape: areas.shapeOf,
    search: (query, options = {}) => searchPlaces(index, query, options, places.ofRow),
    placeById: places.byId,
    nearestCorner: (p) => {
      const number = nearest(p)
      return number === undefined ? undefined : places.ofCorner(number)
    },
  }
}

function settingsOf(pack: Pack) {
  const { landKind, search, ...settings } = pack
  return settings
}

function cornerFinder({ corners }: Gazetteer): (p: Point) => number | undefined {
  if (corners.length === 0) return () => undefined
  // The tree measures in flat units, so longitude is shrunk to the length it has here.
  const scale = metresPerDegree(corners[0]?.lat ?? 0)
  const ratio = scale.lon / scale.lat
  const tree = new Flatbush(corners.length)
  for (const corner of corners) tree.add(corner.lon * ratio, corner.lat)
  tree.finish()
  return (p) => (isPoint(p) ? tree.neighbors(p.lon * ratio, p.lat, 1)[0] : undefined)
}
