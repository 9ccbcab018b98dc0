import type { Json } from '../kernel/canonical.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { type ReportRow, type ReportsRoom, reportsById } from '../reports/index.ts'
import type { IncidentsPolicy } from './contract.ts'
import type { IncidentState } from './rules.ts'
import { type IncidentRow, linksOf } from './store.ts'

/** What somebody approves: an act on an incident, and the facts it is done on. */
export interface Matter {
  act: 'find' | 'sign-off' | 'end' | 'correct'
  object: string
  facts: { readonly [key: string]: Json }
}

/** The room's own state: none but what it was given. */
export interface IncidentsRoom {
  kernel: Kernel
  policy: IncidentsPolicy
  /** The room next door: its reports are placed through it. */
  reports: ReportsRoom
  /**
   * The number of this person's approval of an act and its facts (desk/approvals). Throws where they
   * have not given it in the last minutes, or where `counts` and their key is not trusted.
   */
  takeApproval(tx: Tx, actor: Actor, matter: Matter, counts: boolean): Promise<string>
  /** The names of people of the desk, for its own pages only. */
  namesOf(personIds: readonly string[]): Promise<Map<string, string>>
  emit(
    tx: Tx,
    event: {
      incidentId: string
      type: string
      actorId: string | null
      data: Record<string, unknown>
    },
  ): Promise<void>
}

/** What `rules.ts` needs to know of an incident, read in the transaction that holds its lock. */
export async function stateOf(
  room: Pick<IncidentsRoom, 'reports'>,
  tx: Tx,
  row: IncidentRow,
): Promise<IncidentState> {
  const links = await linksOf(tx, row.id)
  const reports = await reportsById(
    room.reports,
    tx,
    links.map((link) => link.report_id),
  )
  const standing = reports.filter((report) => !report.retracted_at)
  return {
    status: row.status as IncidentState['status'],
    pending: pendingOf(row),
    reporterIds: reports.flatMap((report) => (report.entered_by ? [report.entered_by] : [])),
    firstHandWithMedia: standing.filter((report) => report.first_hand && hasMedia(report)).length,
    reportCount: links.length,
    expiresAt: row.expires_at,
    lastReportAt: row.last_report_at,
    setAside: row.set_aside_at !== null,
  }
}

const hasMedia = (report: ReportRow): boolean => report.media_count > 0

function pendingOf(row: IncidentRow): IncidentState['pending'] {
  if (!row.pending_finding || !row.pending_by || !row.pending_at) return null
  return {
    finding: row.pending_finding as NonNullable<IncidentState['pending']>['finding'],
    basis: row.pending_basis as NonNullable<IncidentState['pending']>['basis'],
    by: row.pending_by,
    organisationId: row.pending_organisation_id ?? '',
    at: row.pending_at,
  }
}
