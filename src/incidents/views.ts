import type { Db } from '../kernel/db/database.ts'
import { eventsOf } from '../kernel/events.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { notFound } from '../kernel/problem.ts'
import {
  type AdditionRow,
  additionsOf,
  describedMedia,
  type MediaRow,
  mediaOf,
  type ReportRow,
  reportsById,
} from '../reports/index.ts'
import type { Finding, Reason } from './contract.ts'
import { exactPlace } from './exact-place.ts'
import { notesOf } from './notes.ts'
import { precisionOf, publicPlace } from './precision.ts'
import { openProposals } from './proposals.ts'
import { iso, queueItem, urgencyOf } from './queue-item.ts'
import { type IncidentsRoom, stateOf } from './room.ts'
import { type Action, actions, refusal } from './rules.ts'
import { type IncidentRow, incidentById, linksOf } from './store.ts'

/** A report as the desk sees it inside an incident. */
export const deskReport = (
  report: ReportRow,
  additions: readonly AdditionRow[],
  media: readonly MediaRow[] = [],
) => ({
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
  /** What its sender says there is, and what has come in. */
  mediaCount: report.media_count,
  media: media.filter(({ report_id }) => report_id === report.id).map(describedMedia),
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
  const [reports, additions, media, proposals, notes, events] = await Promise.all([
    reportsById(room.reports, db, reportIds),
    additionsOf(room.reports, db, reportIds),
    mediaOf(db, reportIds),
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
      ...deskReport(report, additions, media),
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
