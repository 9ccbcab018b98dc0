import type { GeoJsonGeometry, PublicationKind, PublicIncident } from '../incidents/index.ts'
import { areaPlace } from '../kernel/city/index.ts'
import { addHours } from '../kernel/clock.ts'
import type { Db } from '../kernel/db/database.ts'
import { limits } from '../kernel/limits.ts'
import { notFound } from '../kernel/problem.ts'
import type { IncidentFeature, ListQuery, Publication } from './contract.ts'
import type { OpennessRoom } from './room.ts'
import { currentIncidents, lastChecked, publicationsOf } from './store.ts'

/** Hours that the list looks back unless it is asked for more. */
const listHours = 24

/** Findings that hold now. */
const holding = new Set(['confirmed', 'other-agency', 'unfounded'])

/** Whether this word still holds: nothing is shown as live after its expiry, whatever the jobs do. */
export const isLive = ({ snapshot }: Publication, now: Date): boolean =>
  holding.has(snapshot.status) && snapshot.expiresAt !== null && new Date(snapshot.expiresAt) > now

/**
 * An incident as it is to be shown at this moment: past its expiry it reads as expired, as a day and
 * a neighbourhood, whether or not the job that says so has run.
 */
export function asOf({ kernel }: OpennessRoom, entry: Publication, now: Date): PublicIncident {
  const { snapshot } = entry
  if (!holding.has(snapshot.status) || isLive(entry, now)) return snapshot
  const place = areaPlace(kernel.city, snapshot.areaIds)
  return { ...snapshot, ...place, status: 'expired', precision: 'neighbourhood', observedAt: null }
}

/** What the public sees: the incidents, and how old our knowledge is. */
export interface LiveView {
  now: string
  lastCheckedAt: string | null
  incidents: PublicIncident[]
}

/** The public list, newest word first. Default: everything said in the last 24 hours. */
export async function listIncidents(room: OpennessRoom, query: ListQuery = {}): Promise<LiveView> {
  const { db, clock } = room.kernel
  const now = clock.now()
  const since = query.since ? new Date(query.since) : addHours(now, -listHours)
  const entries = await currentIncidents(db, since, limits.listRows)
  const incidents = entries
    .map((entry) => asOf(room, entry, now))
    .filter((incident) => wanted(incident, query))
  return { now: now.toISOString(), lastCheckedAt: await lastCheckedAt(db), incidents }
}

const lastCheckedAt = async (db: Db): Promise<string | null> =>
  (await lastChecked(db))?.toISOString() ?? null

function wanted(incident: PublicIncident, query: ListQuery): boolean {
  const states: readonly string[] = query.status ?? []
  const stateFits =
    states.length === 0 ||
    states.includes(incident.status) ||
    (states.includes('live') && holding.has(incident.status))
  const areaFits = !query.area || incident.areaIds.includes(query.area)
  return stateFits && areaFits && (!query.bbox || touches(incident.geometry, query.bbox))
}

/** Whether the box around a shape and the box that is asked for share a point. */
function touches(geometry: GeoJsonGeometry | null, [west, south, east, north]: number[]): boolean {
  if (!geometry) return false
  const numbers = (geometry.coordinates as unknown[]).flat(Number.POSITIVE_INFINITY) as number[]
  const lons = numbers.filter((_, i) => i % 2 === 0)
  const lats = numbers.filter((_, i) => i % 2 === 1)
  const apart =
    Math.max(...lons) < Number(west) ||
    Math.min(...lons) > Number(east) ||
    Math.max(...lats) < Number(south) ||
    Math.min(...lats) > Number(north)
  return !apart
}

/** One public act in the history of an incident. */
export interface HistoryEntry {
  id: string
  kind: PublicationKind
  status: PublicIncident['status']
  at: string
  correction: PublicIncident['correction']
}

/** One incident with everything ever said of it. Throws 404: never published and never heard of are one. */
export async function publicIncident(
  room: OpennessRoom,
  id: string,
): Promise<{ now: string; incident: PublicIncident; history: HistoryEntry[] }> {
  const entries = await publicationsOf(room.kernel.db, id)
  const last = entries.at(-1)
  if (!last) throw notFound('There is no published incident of this number.')
  const now = room.kernel.clock.now()
  return {
    now: now.toISOString(),
    incident: asOf(room, last, now),
    history: entries.map(historyEntry),
  }
}

const historyEntry = ({ id, kind, snapshot, at }: Publication): HistoryEntry => ({
  id,
  kind,
  status: snapshot.status,
  at: at.toISOString(),
  correction: snapshot.correction,
})

/** The GeoJSON feature of an incident. */
export const featureOf = ({ geometry, ...properties }: PublicIncident): IncidentFeature => ({
  type: 'Feature',
  id: properties.id,
  geometry,
  properties,
})
