import type { City, Place, PlaceAnswer } from '../kernel/city/index.ts'
import type { Point } from '../kernel/geo.ts'
import type { ReportsPolicy } from './contract.ts'

/** Why a time is refused, or null. A stale sighting frightens people and helps nobody. */
export function refusedTime(
  observedAt: Date,
  now: Date,
  policy: ReportsPolicy,
): 'reports/in-the-future' | 'reports/too-old' | null {
  const minutesAhead = (observedAt.getTime() - now.getTime()) / 60_000
  if (minutesAhead > policy.maxFutureMinutes) return 'reports/in-the-future'
  if (-minutesAhead / 60 > policy.maxAgeHours) return 'reports/too-old'
  return null
}

/** Why a point is refused, or null; says so where the two numbers were plainly swapped. */
export function refusedPoint(
  point: Point,
  city: Pick<City, 'contains'>,
): 'reports/swapped-coordinates' | 'reports/outside-city' | null {
  if (city.contains(point)) return null
  const swapped = { lat: point.lon, lon: point.lat }
  const plausible = Math.abs(swapped.lat) <= 90 && city.contains(swapped)
  return plausible ? 'reports/swapped-coordinates' : 'reports/outside-city'
}

/** A search this sure places words by itself; below it a person does. */
const sureScore = 0.8
/** The second best must be this far behind, or be the same place. */
const sureMargin = 0.05

/** The one place that words plainly mean, or null: then a person of the desk places them. */
export function surePlace(answer: PlaceAnswer): Place | null {
  const [first, second] = answer.places
  if (!first || first.score < sureScore) return null
  if (second && first.score - second.score < sureMargin) return null
  return first
}

/** How far off a point may be when the phone does not say. */
export const defaultUncertaintyMetres = 100
