// Plane geometry good enough for one city: no projection library, errors under 0.1 % at city size.

/** A place on the earth in degrees, WGS84. */
export interface Point {
  lat: number
  lon: number
}

/** West, south, east, north in degrees. */
export type BBox = [west: number, south: number, east: number, north: number]

/** GeoJSON coordinates: [lon, lat] pairs in closed rings, rings in polygons. */
export type Ring = [lon: number, lat: number][]
export interface MultiPolygon {
  type: 'MultiPolygon'
  coordinates: Ring[][]
}

const METRES_PER_DEGREE = 111_195
const RADIANS = Math.PI / 180

/** Metres that one degree of latitude and of longitude cover at this latitude. */
export function metresPerDegree(lat: number): { lat: number; lon: number } {
  return { lat: METRES_PER_DEGREE, lon: METRES_PER_DEGREE * Math.cos(lat * RADIANS) }
}

/** Distance in metres between two points of one city (flat approximation, error under 0.1 % below 100 km). */
export function distanceMetres(a: Point, b: Point): number {
  const scale = metresPerDegree((a.lat + b.lat) / 2)
  return Math.hypot((a.lat - b.lat) * scale.lat, (a.lon - b.lon) * scale.lon)
}

/** True when the number pair is a place on earth: finite and within range. */
export function isPoint(p: Point): boolean {
  return Math.abs(p.lat) <= 90 && Math.abs(p.lon) <= 180
}

/** The box around a point that holds everything within `radiusMetres` of it. */
export function boxAround(p: Point, radiusMetres: number): BBox {
  const scale = metresPerDegree(p.lat)
  const dLat = radiusMetres / scale.lat
  const dLon = radiusMetres / scale.lon
  return [p.lon - dLon, p.lat - dLat, p.lon + dLon, p.lat + dLat]
}

/** True when the point lies in the box, edges included. */
export function boxHolds(box: BBox, p: Point): boolean {
  return p.lon >= box[0] && p.lon <= box[2] && p.lat >= box[1] && p.lat <= box[3]
}

/** The smallest box around all [lon, lat] pairs of the rings; an inverted box when there are none. */
export function boxOfRings(rings: Iterable<Ring>): BBox {
  const box: BBox = [Infinity, Infinity, -Infinity, -Infinity]
  for (const ring of rings) {
    for (const [lon, lat] of ring) {
      box[0] = Math.min(box[0], lon)
      box[1] = Math.min(box[1], lat)
      box[2] = Math.max(box[2], lon)
      box[3] = Math.max(box[3], lat)
    }
  }
  return box
}

/** Half the diagonal of the box in metres: how wrong its middle can be as a position. */
export function halfDiagonalMetres(box: BBox): number {
  return distanceMetres({ lat: box[1], lon: box[0] }, { lat: box[3], lon: box[2] }) / 2
}

/** Distance in metres from a point to the straight line between two [lon, lat] ends. */
export function distanceToSegmentMetres(
  p: Point,
  from: [number, number],
  to: [number, number],
): number {
  const scale = metresPerDegree(p.lat)
  const ax = (from[0] - p.lon) * scale.lon
  const ay = (from[1] - p.lat) * scale.lat
  const dx = (to[0] - from[0]) * scale.lon
  const dy = (to[1] - from[1]) * scale.lat
  const length2 = dx * dx + dy * dy
  const t = length2 === 0 ? 0 : Math.min(1, Math.max(0, -(ax * dx + ay * dy) / length2))
  return Math.hypot(ax + t * dx, ay + t * dy)
}

/** Area of a closed ring in square metres, positive whichever way it runs. */
export function ringAreaSquareMetres(ring: Ring): number {
  const first = ring[0]
  if (!first) return 0
  const scale = metresPerDegree(first[1])
  let twice = 0
  for (let i = 1; i < ring.length; i++) {
    const [ax, ay] = ring[i - 1] as [number, number]
    const [bx, by] = ring[i] as [number, number]
    twice += (ax - first[0]) * (by - first[1]) - (bx - first[0]) * (ay - first[1])
  }
  return (Math.abs(twice) / 2) * scale.lat * scale.lon
}
