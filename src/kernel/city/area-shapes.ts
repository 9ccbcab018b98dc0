// Areas as columns of numbers: 663 outlines are read in a few milliseconds and become polygons when they are asked for.
import { type BBox, boxOfRings, type MultiPolygon, type Ring } from '../geo.ts'
import type { AreaOutline } from './areas.ts'
import type { Area, Pack } from './contract.ts'
import { pack, unpack } from './search/packed.ts'
import { startsOf } from './search/tables.ts'

interface AboutAreas {
  pack: Pack
  areas: Area[]
}

/** A pack's settings and the outlines of its areas in one file. */
export function packAreas(settings: Pack, outlines: readonly AreaOutline[]): Uint8Array {
  const polygons = outlines.flatMap(({ shape }) => shape.coordinates)
  const rings = polygons.flat()
  const about: AboutAreas = { pack: settings, areas: outlines.map(({ area }) => area) }
  return pack(about, {
    boxes: Float64Array.from(outlines.flatMap(({ shape }) => boxOfRings(shape.coordinates.flat()))),
    polygonsOf: Int32Array.from(outlines, ({ shape }) => shape.coordinates.length),
    ringsOf: Int32Array.from(polygons, (polygon) => polygon.length),
    pointsOf: Int32Array.from(rings, (ring) => ring.length),
    points: Float64Array.from(rings.flat(2)),
  })
}

/** Opens a file of `packAreas`. Each `shape` is made anew when it is read. */
export function openAreas(packed: Uint8Array): { pack: Pack; outlines: AreaOutline[] } {
  const { about, column } = unpack<AboutAreas>(packed)
  const starts = (name: string) => startsOf(column(name) as Int32Array)
  const shapes: Shapes = {
    polygons: starts('polygonsOf'),
    rings: starts('ringsOf'),
    starts: starts('pointsOf'),
    points: column('points') as Float64Array,
  }
  const boxes = column('boxes') as Float64Array
  const outlines = about.areas.map(
    (area, i): AreaOutline => ({
      area,
      box: [...boxes.subarray(4 * i, 4 * i + 4)] as unknown as BBox,
      get shape() {
        return shapeAt(shapes, i)
      },
    }),
  )
  return { pack: about.pack, outlines }
}

interface Shapes {
  polygons: Int32Array
  rings: Int32Array
  starts: Int32Array
  points: Float64Array
}

function shapeAt({ polygons, rings, starts, points }: Shapes, area: number): MultiPolygon {
  const ringAt = (ring: number): Ring =>
    numbersFrom(starts, ring).map((at) => [points[2 * at] as number, points[2 * at + 1] as number])
  return {
    type: 'MultiPolygon',
    coordinates: numbersFrom(polygons, area).map((polygon) =>
      numbersFrom(rings, polygon).map(ringAt),
    ),
  }
}

/** The numbers of the things that belong to `i`. */
function numbersFrom(starts: Int32Array, i: number): number[] {
  const [from, to] = [starts[i] as number, starts[i + 1] as number]
  return Array.from({ length: to - from }, (_, n) => from + n)
}
