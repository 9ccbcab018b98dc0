// One polygon with holes, packed for point tests. Own code because this runs per report and per subscriber:
// edges sorted into horizontal bands, so that a 6,000-edge borough costs about as much as a 30-edge block.
import {
  type BBox,
  boxHolds,
  boxOfRings,
  type MultiPolygon,
  type Point,
  type Ring,
} from '../geo.ts'

const EDGES_PER_BAND = 6
const MAX_BANDS = 512

interface Bands {
  count: number
  height: number
  /** start[b]..start[b + 1] are the edges that touch band b, four numbers each in `edges`. */
  start: Uint32Array
  edges: Float64Array
}

export interface PackedPolygon {
  box: BBox
  bands: Bands
}

type Edge = [x1: number, y1: number, x2: number, y2: number]

/** Packs a multipolygon; coordinates stay in degrees. */
export function packPolygon(shape: MultiPolygon): PackedPolygon {
  const rings = shape.coordinates.flat()
  const box = boxOfRings(rings)
  return { box, bands: packBands(edgesOf(rings), box) }
}

/** True when the point is inside (even-odd rule, so holes and overlapping parts come out right). */
export function polygonHolds(polygon: PackedPolygon, p: Point): boolean {
  if (!boxHolds(polygon.box, p)) return false
  const { bands, box } = polygon
  const band = bandOf(bands, box, p.lat)
  const end = bands.start[band + 1] as number
  let inside = false
  for (let i = bands.start[band] as number; i < end; i++) {
    if (edgeRightOf(bands.edges, i * 4, p)) inside = !inside
  }
  return inside
}

function edgeRightOf(edges: Float64Array, at: number, p: Point): boolean {
  const y1 = edges[at + 1] as number
  const y2 = edges[at + 3] as number
  if (y1 > p.lat === y2 > p.lat) return false
  const x1 = edges[at] as number
  const x2 = edges[at + 2] as number
  return p.lon < x1 + ((p.lat - y1) / (y2 - y1)) * (x2 - x1)
}

function edgesOf(rings: Ring[]): Edge[] {
  const edges: Edge[] = []
  for (const ring of rings) {
    for (let i = 1; i < ring.length; i++) {
      const [x1, y1] = ring[i - 1] as [number, number]
      const [x2, y2] = ring[i] as [number, number]
      // A level edge never separates inside from outside for a horizontal ray.
      if (y1 !== y2) edges.push([x1, y1, x2, y2])
    }
  }
  return edges
}

function bandOf(bands: Pick<Bands, 'count' | 'height'>, box: BBox, lat: number): number {
  const band = Math.floor((lat - box[1]) / bands.height)
  return Math.min(bands.count - 1, Math.max(0, band))
}

function packBands(edges: Edge[], box: BBox): Bands {
  const count = Math.max(1, Math.min(MAX_BANDS, Math.ceil(edges.length / EDGES_PER_BAND)))
  const bands = { count, height: (box[3] - box[1]) / count || 1 }
  const spans = edges.map((edge): [low: number, high: number] => [
    bandOf(bands, box, Math.min(edge[1], edge[3])),
    bandOf(bands, box, Math.max(edge[1], edge[3])),
  ])
  const start = new Uint32Array(count + 1)
  for (const [low, high] of spans)
    for (let b = low; b <= high; b++) start[b + 1] = (start[b + 1] as number) + 1
  for (let b = 0; b < count; b++) start[b + 1] = (start[b + 1] as number) + (start[b] as number)
  return { ...bands, start, edges: fillBands(edges, spans, start) }
}

function fillBands(edges: Edge[], spans: [number, number][], start: Uint32Array): Float64Array {
  const packed = new Float64Array(4 * (start[start.length - 1] as number))
  const next = start.slice()
  edges.forEach((edge, i) => {
    const [low, high] = spans[i] as [number, number]
    for (let b = low; b <= high; b++) {
      packed.set(edge, 4 * (next[b] as number))
      next[b] = (next[b] as number) + 1
    }
  })
  return packed
}
