import { areaPlace } from '../kernel/city/index.ts'
import { addHours, roundDown } from '../kernel/clock.ts'
import type { Tx } from '../kernel/db/database.ts'
import { lastEventData } from '../kernel/events.ts'
import type { CorrectedTo, Finding, PublicationKind, PublicIncident, Status } from './contract.ts'
import { exactPlace } from './exact-place.ts'
import { type PublicPlace, precisionOf, publicPlace } from './precision.ts'
import type { IncidentsRoom } from './room.ts'
import { type IncidentRow, updateIncident } from './store.ts'

export interface Publication {
  row: IncidentRow
  status: PublicIncident['status']
  kind: PublicationKind
  now: Date
  actorId: string | null
  correction?: PublicIncident['correction']
  /** The approvals it rests on; none where time alone acts. */
  approvals?: readonly string[]
}

/**
 * Changes what the public is told of an incident: the row, its event, and (by the event) the
 * public record, in one transaction. The event carries the whole public snapshot: whoever
 * publishes it never sees the exact place.
 */
export async function publish(
  room: IncidentsRoom,
  tx: Tx,
  publication: Publication,
): Promise<void> {
  const { row, now, status, kind } = publication
  const asserts = kind === 'confirmed' || kind === 'update'
  const next: IncidentRow = {
    ...row,
    status,
    revision: row.revision + 1,
    confirmed_at: asserts ? now : row.confirmed_at,
    expires_at: asserts ? addHours(now, room.policy.expiryHours) : row.expires_at,
    ...nothingPending,
  }
  await updateIncident(tx, row.id, {
    status: next.status,
    revision: next.revision,
    confirmed_at: next.confirmed_at,
    expires_at: next.expires_at,
    ...nothingPending,
  })
  const snapshot = await snapshotOf(room, tx, next, publication)
  await room.emit(tx, {
    incidentId: row.id,
    type: 'incident.published',
    actorId: publication.actorId,
    data: { kind, snapshot, approvals: publication.approvals ?? [] },
  })
}

/** No finding waits for its second person. */
export const nothingPending = {
  pending_finding: null,
  pending_basis: null,
  pending_by: null,
  pending_organisation_id: null,
  pending_at: null,
  pending_approval: null,
} as const

async function snapshotOf(
  room: IncidentsRoom,
  tx: Tx,
  row: IncidentRow,
  publication: Publication,
): Promise<PublicIncident> {
  const { kind, now, correction, status } = publication
  const earlier = row.revision > 1 ? await lastSnapshot(tx, row.id) : null
  return {
    id: row.id,
    revision: row.revision,
    status,
    activity: row.activity,
    ...placeFor(room, row, kind, earlier),
    observedAt:
      row.first_observed_at && kind !== 'expired'
        ? roundDown(row.first_observed_at).toISOString()
        : null,
    publishedAt: earlier?.publishedAt ?? now.toISOString(),
    confirmedAt: (row.confirmed_at ?? now).toISOString(),
    updatedAt: now.toISOString(),
    expiresAt: row.expires_at?.toISOString() ?? null,
    correction: correction ?? null,
  }
}

/**
 * Once expired, an incident is a neighbourhood and a day. Where the exact place is gone (after three
 * days, or with its last report), what was said before stands.
 */
export function placeFor(
  room: IncidentsRoom,
  row: IncidentRow,
  kind: PublicationKind,
  earlier: PublicIncident | null,
): PublicPlace {
  const { city } = room.kernel
  const over = kind === 'expired'
  const { lat, lon } = exactPlace(room, row)
  if (lat !== null && lon !== null) {
    const precision = over ? 'neighbourhood' : precisionOf(row.place_kind, room.policy)
    return publicPlace({ lat, lon }, precision, city)
  }
  if (over || !earlier)
    return { precision: 'neighbourhood', ...areaPlace(city, earlier?.areaIds ?? row.area_ids) }
  const { precision, placeLabel, areaIds, geometry } = earlier
  return { precision, placeLabel, areaIds, geometry }
}

/** What was said last, from the event log. */
export const lastSnapshot = async (tx: Tx, incidentId: string): Promise<PublicIncident | null> =>
  (
    await lastEventData<{ snapshot: PublicIncident }>(
      tx,
      'incident',
      incidentId,
      'incident.published',
    )
  )?.snapshot ?? null

/** "We said X at 14:05; we were wrong: Y." */
export const correctionOf = (
  row: IncidentRow,
  was: Status | Finding,
  now: CorrectedTo | Finding,
): PublicIncident['correction'] => ({
  was: was as Finding,
  saidAt: (row.confirmed_at as Date).toISOString(),
  now,
})
