import type { Db } from '../kernel/db/database.ts'
import { eventsOf } from '../kernel/events.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { limits } from '../kernel/limits.ts'
import { notFound } from '../kernel/problem.ts'
import { asLabel } from '../kernel/text.ts'
import { type AdditionRow, additionsOf, type ReportRow, reportsById } from '../reports/index.ts'
import { alikeCounts } from './alike-incidents.ts'
import type { Finding, Reason, Status } from './contract.ts'
import { exactPlace } from './exact-place.ts'
import { notesOf } from './notes.ts'
import { precisionOf, publicPlace } from './precision.ts'
import { type IncidentsRoom, stateOf } from './room.ts'
import { type Action, actions, priority, refusal } from './rules.ts'
import { type IncidentRow, incidentById, incidentsIn, linksOf, openProposals } from './store.ts'

/** One row of the queue. */
export interface QueueItem {
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
  /** How many others of the queue are of its kind, near it and within the hour. */
  alikeNearby: number
}

const iso = (at: Date | null): string | null => at?.toISOString() ?? null

/** What waits for people, most urgent first: expected harm, falling with age (`rules.priority`). */
export async function queue(
  room: IncidentsRoom,
  states: readonly Status[] = ['open', 'confirmed', 'other-agency', 'unfounded'],
): Promise<QueueItem[]> {
  const { db, clock } = room.kernel
  const now = clock.now()
  const rows = await incidentsIn(db, states, now, limits.queueRows)
  const ranked = rows.map((row) => ({ row, urgency: urgencyOf(row, now) }))
  const names = await room.namesOf(
    ranked.flatMap(({ row }) => (row.pending_by ? [row.pending_by] : [])),
  )
  const alike = alikeCounts(rows)
  return ranked.map(({ row, urgency }) => ({
    ...queueItem(room, row, urgency, names),
    alikeNearby: alike.get(row.id) ?? 0,
  }))
}

const urgencyOf = (row: IncidentRow, now: Date): number =>
  priority(
    {
      harm: row.harm,
      lastObservedAt: row.last_observed_at,
      lastReportAt: row.last_report_at,
      pendingAt: row.pending_at,
    },
    now,
  )

function queueItem(
  room: IncidentsRoom,
  row: IncidentRow,
  urgency: number,
  names: Map<string, string>,
): Omit<QueueItem, 'alikeNearby'> {
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
  }
}

/** A report as the desk sees it inside an incident. */
export const deskReport = (report: ReportRow, additions: readonly AdditionRow[]) => ({
  id: report.id,
  source: report.source,
  activity: report.activity,
  observedAt: iso(report.observed_at),
  receivedAt: report.received_at.toISOString(),
  firstHand: report.first_hand,
  size: report.size,
  unit: report.unit,
  uniform: report.uniform,
  equipment: report.equipment,
  placeKind: report.place_kind,
  placeText: report.place_text,
  placeLabel: report.place_label,
  lat: report.lat,
  lon: report.lon,
  uncertaintyMetres: report.uncertainty_metres,
  stillThere: report.still_there,
  detained: report.detained_count ?? report.detained,
  minorsPresent: report.minors_present,
  description: report.description,
  language: report.language,
  mediaCount: report.media_count,
  contact: report.contact,
  retracted: report.retracted_at !== null,
  additions: additions
    .filter((addition) => addition.report_id === report.id)
    .map(({ text, still_there, created_at }) => ({
      text,
      stillThere: still_there,
      at: created_at.toISOString(),
    })),
})

/** One incident whole, for the desk: its reports, why they are together, what may be done now. */
export async function incidentView(room: IncidentsRoom, id: string, actor: Actor) {
  const { db, clock, city } = room.kernel
  const row = await incidentById(db, id)
  if (!row) throw notFound('There is no incident of this number.')
  const links = await linksOf(db, id)
  const reportIds = links.map((link) => link.report_id)
  const [reports, additions, proposals, notes, events] = await Promise.all([
    reportsById(room.reports, db, reportIds),
    additionsOf(room.reports, db, reportIds),
    openProposals(db, id),
    notesOf(room, db, id),
    eventsOf(db, 'incident', id),
  ])
  const names = await room.namesOf([
    ...events.flatMap((e) => e.actorId ?? []),
    ...notes.map((n) => n.person_id),
    ...(row.pending_by ? [row.pending_by] : []),
  ])
  const { lat, lon } = exactPlace(room, row)
  const point = lat === null || lon === null ? null : { lat, lon }
  return {
    ...queueItem(room, row, urgencyOf(row, clock.now()), names),
    mergedInto: row.merged_into,
    reports: reports.map((report) => ({
      ...deskReport(report, additions),
      link: linkOf(links, report.id),
    })),
    proposals: proposals.map((p) => ({
      reportId: p.report_id,
      incidentId: p.incident_id,
      fromIncidentId: p.from_incident_id,
      score: p.score,
      reasons: p.reasons as Reason[],
    })),
    notes: notes.map((n) => ({
      by: names.get(n.person_id) ?? '',
      at: n.created_at.toISOString(),
      note: n.note,
    })),
    history: events.map((e) => ({
      type: e.type,
      at: e.at.toISOString(),
      by: e.actorId ? (names.get(e.actorId) ?? '') : null,
      data: historyData(e.data),
    })),
    may: await mayOf(room, db, row, actor),
    publicPlace: publicPlace(point, precisionOf(row.place_kind, room.policy), city),
  }
}
export type IncidentView = Awaited<ReturnType<typeof incidentView>>

/** Snapshots are large and public elsewhere; the desk's history needs the word only. */
const historyData = ({ snapshot: _snapshot, ...data }: Record<string, unknown>) => data

function linkOf(links: Awaited<ReturnType<typeof linksOf>>, reportId: string) {
  const link = links.find(({ report_id }) => report_id === reportId)
  return {
    linkedBy: link?.linked_by ?? 'first',
    score: link?.score ?? null,
    reasons: (link?.reasons ?? []) as Reason[],
  }
}

/** For each action of a person: null if it may happen now, else the code that says why not. */
async function mayOf(
  room: IncidentsRoom,
  db: Db,
  row: IncidentRow,
  actor: Actor,
): Promise<Record<string, string | null>> {
  const state = await db.transaction().execute((tx) => stateOf(room, tx, row))
  const now = room.kernel.clock.now()
  const ask = (action: Action): string | null =>
    refusal({
      action,
      state,
      actor,
      now,
      policy: room.policy,
      finding: (state.pending?.finding ?? 'unfounded') as Finding,
      basis: 'on-scene',
    })
  return Object.fromEntries(
    actions.filter((a) => a !== 'expire' && a !== 'fade').map((action) => [action, ask(action)]),
  )
}

/** What became of one report, in words the public may know. */
export async function outcomeOf(
  db: Db,
  reportId: string,
): Promise<{ outcome: string; incidentId: string | null }> {
  const row = await db
    .selectFrom('incident_reports')
    .innerJoin('incidents', 'incidents.id', 'incident_reports.incident_id')
    .select(['incidents.id', 'incidents.status', 'incidents.revision'])
    .where('report_id', '=', reportId)
    .executeTakeFirst()
  if (!row || row.status === 'open') return { outcome: 'checking', incidentId: null }
  return { outcome: row.status, incidentId: row.revision > 0 ? row.id : null }
}
