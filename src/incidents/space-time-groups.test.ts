import fc from 'fast-check'
import { expect, test } from 'vitest'
import { metresPerDegree } from '../kernel/geo.ts'
import { type Reach, type Seen, SpaceTimeGroups } from './space-time-groups.ts'

const origin = { lat: 40.7, lon: -73.9 }
const scale = metresPerDegree(origin.lat)
const start = Date.parse('2026-11-23T18:00:00Z')

/** So many metres east and north and so many minutes after the first. */
interface Spot {
  east: number
  north: number
  minute: number
}

const seen = ({ east, north, minute }: Spot): Seen => ({
  lat: origin.lat + north / scale.lat,
  lon: origin.lon + east / scale.lon,
  at: new Date(start + minute * 60_000),
})

const apart = (a: Spot, b: Spot): number => Math.hypot(a.east - b.east, a.north - b.north)

/** DBSCAN as it is written down: every pair looked at, hearts found, then spread to what they reach. */
function bruteForce(spots: readonly Spot[], reach: Reach): (number | null)[] {
  const near = spots.map((a) =>
    spots.filter(
      (b) =>
        b !== a && apart(a, b) <= reach.metres && Math.abs(a.minute - b.minute) <= reach.minutes,
    ),
  )
  const nearOf = new Map(spots.map((spot, i) => [spot, near[i] ?? []]))
  const isHeart = (spot: Spot) => (nearOf.get(spot)?.length ?? 0) + 1 >= reach.points
  const hearts = (spot: Spot) => (nearOf.get(spot) ?? []).filter(isHeart)
  const group = new Map<Spot, number>()
  for (const [i, spot] of spots.entries()) {
    const waiting = isHeart(spot) && !group.has(spot) ? [spot] : []
    for (let at = waiting.pop(); at; at = waiting.pop()) {
      group.set(at, i)
      waiting.push(...hearts(at).filter((other) => !group.has(other)))
    }
  }
  return spots.map((spot) => {
    const [nearest] = hearts(spot).sort((a, b) => apart(spot, a) - apart(spot, b))
    return group.get(spot) ?? (nearest ? (group.get(nearest) ?? null) : null)
  })
}

// Whole metres off the round reach: no pair lies so exactly on the edge that rounding decides.
const metres = fc.integer({ min: -500, max: 500 })
const point = fc.record({ east: metres, north: metres, minute: fc.integer({ min: 0, max: 90 }) })

test('added one by one, the groups are those of brute-force DBSCAN', () => {
  fc.assert(
    fc.property(
      fc.array(point, { maxLength: 120, size: 'max' }),
      fc.constantFrom(1, 2, 3, 5),
      fc.constantFrom(80.5, 200.5, 450.5),
      fc.constantFrom(10.5, 60.5),
      (others, hearts, metres, minutes) => {
        // The first one sets the plane that distances are measured on: it is ours too.
        const points = [{ east: 0, north: 0, minute: 0 }, ...others]
        const reach = { metres, minutes, points: hearts }
        const groups = new SpaceTimeGroups(reach)
        for (const each of points) groups.add(seen(each))
        expect(points.map((_, i) => groups.groupOf(i))).toEqual(bruteForce(points, reach))
      },
    ),
    { numRuns: 300 },
  )
})

test('after every single one that is added, not only at the end', () => {
  const reach = { metres: 150.5, minutes: 30.5, points: 3 }
  fc.assert(
    fc.property(fc.array(point, { maxLength: 40, size: 'max' }), (points) => {
      const groups = new SpaceTimeGroups(reach)
      for (const [i, each] of points.entries()) {
        groups.add(seen(each))
        const soFar = points.slice(0, i + 1)
        expect(soFar.map((_, j) => groups.groupOf(j))).toEqual(bruteForce(soFar, reach))
      }
    }),
  )
})
