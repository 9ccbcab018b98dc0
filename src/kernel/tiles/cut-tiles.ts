import { GeoJSONVT, type GeoJSONVTTile } from '@maplibre/geojson-vt'
import { fromGeojsonVt } from '@maplibre/vt-pbf'
import type { BBox } from '../geo.ts'
import type { Group } from './read-map.ts'
import type { Tile } from './write-pmtiles.ts'

/** The whole city on a small screen; a block on a large one is drawn from the last, larger. */
export const zooms = { min: 8, max: 14 } as const

const extent = 4096
const buffer = 64

/** Cuts all groups into vector tiles over the box, empty ones left out. */
export function cutTiles(groups: readonly Group[], bbox: BBox): Tile[] {
  const cut = groups
    .filter(({ features }) => features.length > 0)
    .map(({ layer, fromZoom, features }) => ({ layer, fromZoom, index: indexOf(features) }))
  const tiles: Tile[] = []
  for (let z: number = zooms.min; z <= zooms.max; z++)
    for (const [x, y] of tilesOver(bbox, z)) {
      const layers = new Map<string, GeoJSONVTTile>()
      for (const { layer, fromZoom, index } of cut)
        if (z >= fromZoom) add(layers, layer, index.getTile(z, x, y))
      if (layers.size === 0) continue
      const bytes = fromGeojsonVt(Object.fromEntries(layers), { version: 2, extent })
      tiles.push({ z, x, y, bytes })
    }
  return tiles
}

const indexOf = (features: GeoJSON.Feature[]): GeoJSONVT =>
  new GeoJSONVT(
    { type: 'FeatureCollection', features },
    {
      maxZoom: zooms.max,
      indexMaxZoom: zooms.max,
      indexMaxPoints: 0,
      tolerance: 3,
      extent,
      buffer,
    },
  )

function add(layers: Map<string, GeoJSONVTTile>, name: string, tile: GeoJSONVTTile | null): void {
  if (!tile || tile.features.length === 0) return
  const before = layers.get(name)
  layers.set(name, before ? { ...before, features: [...before.features, ...tile.features] } : tile)
}

function* tilesOver([west, south, east, north]: BBox, z: number): Generator<[number, number]> {
  for (let x = column(west, z); x <= column(east, z); x++)
    for (let y = row(north, z); y <= row(south, z); y++) yield [x, y]
}

const column = (lon: number, z: number): number => Math.floor(((lon + 180) / 360) * 2 ** z)

function row(lat: number, z: number): number {
  const sine = Math.sin((lat * Math.PI) / 180)
  return Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** z)
}
