// What the map draws, read from a city pack.
import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { faultLine, type PackContent, readPack } from '../city/read-pack.ts'
import { distanceMetres } from '../geo.ts'
import { joinLines, type Line, type Position } from './join-lines.ts'

/** Features that are drawn alike from one zoom on; several groups may make up one layer. */
export interface Group {
  layer: string
  fromZoom: number
  features: GeoJSON.Feature[]
}

const fastMph = 45
const mainMph = 30
/** Where limits are all alike, what is long is what people find their way by. */
const mainMetres = 5000

/** Reads the pack and sorts what it holds into layers. Throws one Error that lists every fault. */
export async function readMap(folder: string): Promise<{ content: PackContent; groups: Group[] }> {
  const { content, faults } = await readPack(folder, { skipMap: true })
  if (!content || faults.length > 0)
    throw new Error(
      `The city pack in ${folder} cannot be used:\n${faults.map(faultLine).join('\n')}`,
    )
  let roads: Segment[] = []
  const tracks: GeoJSON.Feature[] = []
  for (const { file } of content.pack.datasets.filter(({ holds }) => holds === 'map')) {
    const bytes = await readFile(join(folder, file))
    const text = (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
    if (file.includes('.ndjson')) roads = roads.concat(segmentsOf(text))
    else tracks.push(...(JSON.parse(text) as GeoJSON.FeatureCollection).features)
  }
  return {
    content,
    groups: [...ground(content), ...streets(roads), ...transit(content, tracks), ...names(content)],
  }
}

interface Segment {
  street: string
  mph: number
  line: Line
}

const segmentsOf = (text: string): Segment[] =>
  text.split('\n').flatMap((row) => (row === '' ? [] : [JSON.parse(row) as Segment]))

function ground({ pack, areas }: PackContent): Group[] {
  const parks = new Set(pack.parkAreas)
  const polygon = ({ area, shape }: (typeof areas)[number]): GeoJSON.Feature => ({
    type: 'Feature',
    properties: { id: area.id },
    geometry: shape,
  })
  const land = areas.filter(({ area }) => area.kind === pack.landKind)
  const neighbourhoods = areas.filter(({ area }) => area.kind === 'neighbourhood')
  return [
    { layer: 'land', fromZoom: 0, features: land.map(polygon) },
    {
      layer: 'parks',
      fromZoom: 0,
      features: areas.filter(({ area }) => parks.has(area.id)).map(polygon),
    },
    { layer: 'areas', fromZoom: 11, features: neighbourhoods.map(polygon) },
  ]
}

type Rank = 'fast' | 'main' | 'street'

function streets(segments: readonly Segment[]): Group[] {
  const named = new Map<string, Segment[]>()
  for (const segment of segments) {
    const name = `${segment.mph}|${segment.street}`
    const same = named.get(name)
    if (same) same.push(segment)
    else named.set(name, [segment])
  }
  const ranked: Record<Rank, GeoJSON.Feature[]> = { fast: [], main: [], street: [] }
  for (const same of named.values())
    for (const line of joinLines(same.map((segment) => segment.line))) {
      const { street: name = '', mph = 0 } = same[0] ?? {}
      const rank = rankOf(mph, line)
      ranked[rank].push({
        type: 'Feature',
        properties: { name, rank },
        geometry: { type: 'LineString', coordinates: line },
      })
    }
  return [
    { layer: 'roads', fromZoom: 0, features: ranked.fast },
    { layer: 'roads', fromZoom: 11, features: ranked.main },
    { layer: 'roads', fromZoom: 13, features: ranked.street },
  ]
}

function rankOf(mph: number, line: Line): Rank {
  if (mph >= fastMph) return 'fast'
  return mph >= mainMph || lengthMetres(line) >= mainMetres ? 'main' : 'street'
}

function lengthMetres(line: Line): number {
  let metres = 0
  for (let i = 1; i < line.length; i++) metres += distanceMetres(point(line[i - 1]), point(line[i]))
  return metres
}

const point = (position: Position | undefined) => ({
  lon: position?.[0] ?? 0,
  lat: position?.[1] ?? 0,
})

function transit({ places }: PackContent, tracks: readonly GeoJSON.Feature[]): Group[] {
  const lines = tracks.map(
    ({ properties, geometry }): GeoJSON.Feature => ({
      type: 'Feature',
      properties: { name: properties?.name, color: properties?.color },
      geometry,
    }),
  )
  const dots = (kind: string): GeoJSON.Feature[] =>
    places
      .filter((place) => place.kind === kind)
      .map(({ name, lon, lat }) => dot(lon, lat, { name }))
  return [
    { layer: 'subway', fromZoom: 0, features: lines },
    { layer: 'stations', fromZoom: 12, features: dots('station') },
    { layer: 'park-names', fromZoom: 13, features: dots('park') },
  ]
}

const dot = (lon: number, lat: number, properties: GeoJSON.GeoJsonProperties): GeoJSON.Feature => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Point', coordinates: [lon, lat] },
})

/** Names in every language the pack has them in: `name`, `name:ar`, `name:bn` ... */
function names({ pack, areas }: PackContent): Group[] {
  const parks = new Set(pack.parkAreas)
  const of = (kind: string): GeoJSON.Feature[] =>
    areas
      .filter(({ area }) => area.kind === kind && !parks.has(area.id))
      .map(({ area }) => {
        const local = Object.entries(area.label).map(([lang, name]) => [`name:${lang}`, name])
        return dot(area.centre.lon, area.centre.lat, {
          name: area.name,
          ...Object.fromEntries(local),
        })
      })
  return [
    { layer: 'land-names', fromZoom: 0, features: of(pack.landKind) },
    { layer: 'area-names', fromZoom: 11, features: of('neighbourhood') },
  ]
}
