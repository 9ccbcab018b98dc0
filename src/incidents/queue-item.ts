import { asLabel } from '../kernel/text.ts'
import { exactPlace } from './exact-place.ts'
import type { IncidentsRoom } from './room.ts'
import { priority } from './rules.ts'
import type { IncidentRow } from './store.ts'

/** What the desk sees of an incident wherever it is listed. */
export interface IncidentItem {
  id: string
  status: string
  activity: string
  placeKind: string
  placeLabel: string | null
  areaIds: string[]
  reportCount: number
  priority: number
  pending: { finding: string; basis: string; by: string; byName: string; at: string } | null
  firstObservedAt: string | null
  lastObservedAt: string | null
  lastReportAt: string
  confirmedAt: string | null
  expiresAt: string | null
  revision: number
  /** Its reports came in words that nobody has put on the map yet. */
  needsPlace: boolean
  /** A person of the desk put it at the end of the queue. */
  setAside: boolean
}

/** A time as JSON writes it. */
export const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** Where it stands in the queue (`rules.priority`). */
export const urgencyOf = (row: IncidentRow, now: Date): number =>
  priority(
    {
      harm: row.harm,
      lastObservedAt: row.last_observed_at,
      lastReportAt: row.last_report_at,
      pendingAt: row.pending_at,
    },
    now,
  )

/** The row of one incident, as far as its own columns tell. */
export function queueItem(
  room: IncidentsRoom,
  row: IncidentRow,
  urgency: number,
  names: Map<string, string>,
): IncidentItem {
  const { place_label } = exactPlace(room, row)
  return {
    id: row.id,
    status: row.status,
    activity: row.activity,
    placeKind: row.place_kind,
    placeLabel: place_label && asLabel(place_label),
    areaIds: row.area_ids,
    reportCount: row.report_count,
    priority: Math.round(urgency * 100) / 100,
    pending:
      row.pending_finding && row.pending_by && row.pending_at
        ? {
            finding: row.pending_finding,
            basis: row.pending_basis ?? '',
            by: row.pending_by,
            byName: names.get(row.pending_by) ?? '',
            at: row.pending_at.toISOString(),
          }
        : null,
    firstObservedAt: iso(row.first_observed_at),
    lastObservedAt: iso(row.last_observed_at),
    lastReportAt: row.last_report_at.toISOString(),
    confirmedAt: iso(row.confirmed_at),
    expiresAt: iso(row.expires_at),
    revision: row.revision,
    needsPlace: row.cell === null,
    setAside: row.set_aside_at !== null,
  }
}
