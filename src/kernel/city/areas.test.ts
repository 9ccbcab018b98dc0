import { fileURLToPath } from 'node:url'
import inPolygon from '@turf/boolean-point-in-polygon'
import { expect, it } from 'vitest'
import { centreOf } from './areas.ts'
import { loadCity } from './index.ts'
import { packPolygon, polygonHolds } from './polygon.ts'

const NYC = fileURLToPath(new URL('../../../cities/nyc', import.meta.url))

/** Mulberry32: the same points every run. */
function random(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4294967296
  }
}

it('agrees with turf on random points in every area of New York', async () => {
  const city = await loadCity(NYC)
  const next = random(7)
  const [west, south, east, north] = city.bbox
  for (let i = 0; i < 120; i++) {
    const p = { lat: south + next() * (north - south), lon: west + next() * (east - west) }
    const slow = city.areas.filter((area) => {
      const shape = city.areaShape(area.id)
      return shape && inPolygon([p.lon, p.lat], shape)
    })
    expect(city.areasAt(p).map((area) => area.id)).toEqual(slow.map((area) => area.id))
  }
}, 30_000)

const square = (from: number, to: number): [number, number][] => [
  [from, from],
  [to, from],
  [to, to],
  [from, to],
  [from, from],
]

it('leaves holes out and finds the middle', () => {
  const shape = {
    type: 'MultiPolygon' as const,
    coordinates: [[square(0, 10), square(4, 6)], [square(20, 21)]],
  }
  const polygon = packPolygon(shape)
  const holds = (lon: number, lat: number) => polygonHolds(polygon, { lat, lon })
  expect([holds(1, 1), holds(5, 5), holds(20.5, 20.5), holds(15, 15), holds(9.99, 9.99)]).toEqual([
    true,
    false,
    true,
    false,
    true,
  ])
  expect(centreOf(shape)).toEqual({ lat: 5, lon: 5 })
})
