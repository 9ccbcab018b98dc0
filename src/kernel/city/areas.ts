// Which areas hold a point, and where the city's land ends.
import Flatbush from 'flatbush'
import {
  type BBox,
  boxAround,
  boxOfRings,
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

/** An area and its outline. `shape` may be made anew each time it is read. */
export interface AreaOutline {
  readonly area: Area
  readonly shape: MultiPolygon
  /** Around the shape; found from it where it is missing. */
  readonly box?: BBox
}

export interface AreaInput extends AreaOutline {
  /** Other names people search for. */
  aliases: string[]
}

export interface AreaIndex {
  areas: readonly Area[]
  at(p: Point): Area[]
  byId(id: string): Area | undefined
  shapeOf(id: string): MultiPolygon | undefined
  contains(p: Point): boolean
  /** Radius in metres of a circle as large as the area. */
  radiusMetres(id: string): number
}

/** Builds the index; areas come out of `at` in the order given. `landKind` names the areas that are the city's land. */
export function indexAreas(outlines: readonly AreaOutline[], landKind: string): AreaIndex {
  const areas = outlines.map((outline) => outline.area)
  const order = new Map(areas.map((area, i) => [area.id, i]))
  const packed: (PackedPolygon | undefined)[] = []
  // Most areas are never asked for in the life of a process.
  const polygonAt = (i: number): PackedPolygon | undefined => {
    const outline = outlines[i]
    if (!packed[i] && outline) packed[i] = packPolygon(outline.shape)
    return packed[i]
  }
  const boxes = boxTree(outlines)
  const land = areas.flatMap((area, i) => (area.kind === landKind ? [i] : []))
  const onLand = (p: Point) => land.some((i) => polygonHolds(polygonAt(i) as PackedPolygon, p))
  let nearEdge: ((p: Point) => boolean) | undefined
  const atEdge = (p: Point) => {
    nearEdge ??= edgeFinder(land.map((i) => (outlines[i] as AreaOutline).shape))
    return nearEdge(p)
  }
  const numberOf = (id: string) => order.get(id) ?? -1
  return {
    areas,
    at: (p) => (isPoint(p) ? areasHolding(p, areas, polygonAt, boxes) : []),
    byId: (id) => areas[numberOf(id)],
    shapeOf: (id) => outlines[numberOf(id)]?.shape,
    contains: (p) => isPoint(p) && (onLand(p) || atEdge(p)),
    radiusMetres: (id) => radiusOf(outlines[numberOf(id)]?.shape),
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

function boxTree(outlines: readonly AreaOutline[]): Flatbush {
  const tree = new Flatbush(Math.max(1, outlines.length))
  for (const outline of outlines)
    tree.add(...(outline.box ?? boxOfRings(outline.shape.coordinates.flat())))
  if (outlines.length === 0) tree.add(0, 0, 0, 0)
  tree.finish()
  return tree
}

function areasHolding(
  p: Point,
  areas: Area[],
  polygonAt: (i: number) => PackedPolygon | undefined,
  boxes: Flatbush,
): Area[] {
  const found = boxes.search(p.lon, p.lat, p.lon, p.lat).sort((a, b) => a - b)
  return found.flatMap((i) => {
    const polygon = polygonAt(i)
    return polygon && polygonHolds(polygon, p) ? [areas[i] as Area] : []
  })
}

function radiusOf(shape: MultiPolygon | undefined): number {
  if (!shape) return 0
  const squareMetres = shape.coordinates.reduce(
    (sum, rings) => sum + ringAreaSquareMetres(rings[0] ?? []),
    0,
  )
  return Math.round(Math.sqrt(squareMetres / Math.PI))
}

function edgeFinder(land: MultiPolygon[]): (p: Point) => boolean {
  const ends: [number, number, number, number][] = []
  for (const ring of land.flatMap((shape) => shape.coordinates.flat())) {
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
