// Which areas hold a point, and where the city's land ends.
import Flatbush from 'flatbush'
import {
  boxAround,
  distanceToSegmentMetres,
  isPoint,
  type MultiPolygon,
  type Point,
  ringAreaSquareMetres,
} from '../geo.ts'
import type { Area } from './contract.ts'
import { type PackedPolygon, packPolygon, polygonHolds } from './polygon.ts'

/** Reports come from piers, bridges and the water's edge, and the polygons are simplified. */
const EDGE_TOLERANCE_METRES = 150

export interface AreaInput {
  area: Area
  shape: MultiPolygon
  /** Other names people search for. */
  aliases: string[]
}

export interface AreaIndex {
  areas: readonly Area[]
  at(p: Point): Area[]
  /** True when the area of this id holds the point. */
  holds(id: string, p: Point): boolean
  byId(id: string): Area | undefined
  shapeOf(id: string): MultiPolygon | undefined
  contains(p: Point): boolean
  /** Radius in metres of a circle as large as the area. */
  radiusMetres(id: string): number
}

/** Builds the index; areas come out of `at` in the order given. `landKind` names the areas that are the city's land. */
export function indexAreas(inputs: readonly AreaInput[], landKind: string): AreaIndex {
  const areas = inputs.map((input) => input.area)
  const polygons = inputs.map((input) => packPolygon(input.shape))
  const order = new Map(areas.map((area, i) => [area.id, i]))
  const boxes = boxTree(polygons)
  const land = polygons.filter((_, i) => areas[i]?.kind === landKind)
  const nearEdge = edgeFinder(land)
  return {
    areas,
    at: (p) => (isPoint(p) ? areasHolding(p, areas, polygons, boxes) : []),
    holds: (id, p) => {
      const polygon = polygons[order.get(id) ?? -1]
      return polygon !== undefined && polygonHolds(polygon, p)
    },
    byId: (id) => areas[order.get(id) ?? -1],
    shapeOf: (id) => polygons[order.get(id) ?? -1]?.shape,
    contains: (p) =>
      isPoint(p) && (land.some((polygon) => polygonHolds(polygon, p)) || nearEdge(p)),
    radiusMetres: (id) => radiusOf(polygons[order.get(id) ?? -1]),
  }
}

/** The middle of a shape: the centroid of its largest ring, or a vertex mean where that falls outside. */
export function centreOf(shape: MultiPolygon): Point {
  const outer = shape.coordinates.map((polygon) => polygon[0] ?? [])
  const largest = outer.reduce(
    (best, ring) => (ringAreaSquareMetres(ring) > ringAreaSquareMetres(best) ? ring : best),
    outer[0] ?? [],
  )
  let x = 0
  let y = 0
  let twice = 0
  const [x0, y0] = largest[0] ?? [0, 0]
  for (let i = 1; i < largest.length; i++) {
    const [ax, ay] = relative(largest[i - 1], x0, y0)
    const [bx, by] = relative(largest[i], x0, y0)
    const cross = ax * by - bx * ay
    x += (ax + bx) * cross
    y += (ay + by) * cross
    twice += cross
  }
  if (twice === 0) return { lat: y0, lon: x0 }
  return { lat: rounded(y0 + y / (3 * twice)), lon: rounded(x0 + x / (3 * twice)) }
}

const rounded = (n: number) => Math.round(n * 1e6) / 1e6
const relative = (p: [number, number] | undefined, x0: number, y0: number): [number, number] => [
  (p?.[0] ?? x0) - x0,
  (p?.[1] ?? y0) - y0,
]

function boxTree(polygons: PackedPolygon[]): Flatbush {
  const tree = new Flatbush(Math.max(1, polygons.length))
  for (const polygon of polygons) tree.add(...polygon.box)
  if (polygons.length === 0) tree.add(0, 0, 0, 0)
  tree.finish()
  return tree
}

function areasHolding(p: Point, areas: Area[], polygons: PackedPolygon[], boxes: Flatbush): Area[] {
  const found = boxes.search(p.lon, p.lat, p.lon, p.lat).sort((a, b) => a - b)
  const held: Area[] = []
  for (const i of found) {
    const polygon = polygons[i]
    if (polygon && polygonHolds(polygon, p)) held.push(areas[i] as Area)
  }
  return held
}

function radiusOf(polygon: PackedPolygon | undefined): number {
  if (!polygon) return 0
  const squareMetres = polygon.shape.coordinates.reduce(
    (sum, rings) => sum + ringAreaSquareMetres(rings[0] ?? []),
    0,
  )
  return Math.round(Math.sqrt(squareMetres / Math.PI))
}

function edgeFinder(land: PackedPolygon[]): (p: Point) => boolean {
  const ends: [number, number, number, number][] = []
  for (const ring of land.flatMap((polygon) => polygon.shape.coordinates.flat())) {
    for (let i = 1; i < ring.length; i++)
      ends.push([...(ring[i - 1] as [number, number]), ...(ring[i] as [number, number])])
  }
  if (ends.length === 0) return () => false
  const tree = new Flatbush(ends.length, 16)
  for (const [x1, y1, x2, y2] of ends)
    tree.add(Math.min(x1, x2), Math.min(y1, y2), Math.max(x1, x2), Math.max(y1, y2))
  tree.finish()
  return (p) =>
    tree.search(...boxAround(p, EDGE_TOLERANCE_METRES)).some((i) => {
      const [x1, y1, x2, y2] = ends[i] as [number, number, number, number]
      return distanceToSegmentMetres(p, [x1, y1], [x2, y2]) <= EDGE_TOLERANCE_METRES
    })
}
