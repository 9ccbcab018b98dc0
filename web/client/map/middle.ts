/** A place as the public list has it: a corner, a cell or a neighbourhood. */
export type Shape =
  | { type: 'Point'; coordinates: number[] }
  | { type: 'Polygon'; coordinates: number[][][] }
  | { type: 'MultiPolygon'; coordinates: number[][][][] }

type Position = [lon: number, lat: number]

const ringsOf = ({ type, coordinates }: Shape): number[][][] =>
  type === 'Point'
    ? [[coordinates]]
    : type === 'Polygon'
      ? coordinates.slice(0, 1)
      : coordinates.flatMap((polygon) => polygon.slice(0, 1))

/** Every corner of a shape's outer rings. */
export const positionsOf = (shape: Shape): Position[] =>
  ringsOf(shape)
    .flat()
    .map(([lon = 0, lat = 0]) => [lon, lat])

/** Twice the area of a ring, and its centre times three times that (the shoelace formula). */
function weigh(ring: readonly number[][]): { twice: number; x: number; y: number } {
  // Counted from its first corner: degrees multiplied by degrees lose what tells corners apart.
  const [west = 0, south = 0] = ring[0] ?? []
  const sum = { twice: 0, x: 0, y: 0 }
  for (const [i, [lon = 0, lat = 0]] of ring.entries()) {
    const [toLon = 0, toLat = 0] = ring[(i + 1) % ring.length] ?? []
    const [ax, ay, bx, by] = [lon - west, lat - south, toLon - west, toLat - south]
    const cross = ax * by - bx * ay
    sum.twice += cross
    sum.x += (ax + bx) * cross
    sum.y += (ay + by) * cross
  }
  return sum
}

/** The middle of a shape's largest part: where its name stands. */
export function middleOf(shape: Shape): Position {
  const rings = ringsOf(shape)
  const weighed = rings.map((ring) => ({ ring, ...weigh(ring) }))
  const largest = weighed.sort((a, b) => Math.abs(b.twice) - Math.abs(a.twice))[0]
  const [lon = 0, lat = 0] = largest?.ring[0] ?? []
  if (!largest || largest.twice === 0) return [lon, lat]
  return [lon + largest.x / (3 * largest.twice), lat + largest.y / (3 * largest.twice)]
}
