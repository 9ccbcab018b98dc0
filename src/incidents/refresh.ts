import type { Tx } from '../kernel/db/database.ts'
import { type ReportRow, reportsById } from '../reports/index.ts'
import { alikeOfAll } from './alike-words.ts'
import { type ExactPlace, sealPlace } from './exact-place.ts'
import { mostProtected } from './precision.ts'
import type { IncidentsRoom } from './room.ts'
import { harmOf } from './rules.ts'
import { type IncidentRow, incidentById, linksOf, updateIncident } from './store.ts'

type Facts = ExactPlace &
  Pick<
    IncidentRow,
    | 'activity'
    | 'place_kind'
    | 'uncertainty_metres'
    | 'cell'
    | 'area_ids'
    | 'first_observed_at'
    | 'last_observed_at'
    | 'last_report_at'
    | 'report_count'
    | 'harm'
    | 'ranked_last'
    | 'alike'
  >

/** The facts as they rest in an incident's row: the exact place sealed. */
export function rowOf(
  room: Pick<IncidentsRoom, 'kernel'>,
  incident: Pick<IncidentRow, 'id' | 'created_at'>,
  { lat, lon, place_label, ...facts }: Facts,
) {
  return { ...facts, sealed: sealPlace(room, incident, { lat, lon, place_label }) }
}

/** Works out what an incident is from the reports it holds now; taken-back ones do not count. */
export async function refreshIncident(
  room: IncidentsRoom,
  tx: Tx,
  id: string,
): Promise<Facts | null> {
  const links = await linksOf(tx, id)
  const reports = (
    await reportsById(
      room.reports,
      tx,
      links.map((link) => link.report_id),
    )
  ).filter((report) => !report.retracted_at)
  if (reports.length === 0) {
    await updateIncident(tx, id, { report_count: 0, sealed: null })
    return null
  }
  const incident = await incidentById(tx, id)
  if (!incident) return null
  const facts = factsOf(room, reports)
  await updateIncident(tx, id, rowOf(room, incident, facts))
  return facts
}

/** The facts of an incident made of these reports (at least one). */
export function factsOf(
  room: Pick<IncidentsRoom, 'kernel' | 'policy'>,
  reports: readonly ReportRow[],
): Facts {
  const activity = commonest(reports.map((report) => report.activity))
  const placeKind = mostProtected(
    reports.map((report) => report.place_kind),
    room.policy,
  )
  const times = reports.flatMap((report) =>
    report.observed_at ? [report.observed_at.getTime()] : [],
  )
  return {
    activity,
    place_kind: placeKind,
    ...placeOf(reports),
    first_observed_at: times.length > 0 ? new Date(Math.min(...times)) : null,
    last_observed_at: times.length > 0 ? new Date(Math.max(...times)) : null,
    last_report_at: new Date(Math.max(...reports.map((report) => report.received_at.getTime()))),
    report_count: reports.length,
    // One account that nobody's flood can be behind lifts the whole.
    ranked_last: reports.every((report) => report.ranked_last),
    alike: alikeOfAll(room, reports),
    harm: harmOf({
      activity,
      placeKind,
      reportCount: reports.length,
      detained: reports.some((report) => report.detained),
      minorsPresent: reports.some((report) => report.minors_present),
      stillThere: reports.some((report) => report.still_there),
    }),
  }
}

type PlaceFacts = Pick<
  Facts,
  'lat' | 'lon' | 'uncertainty_metres' | 'place_label' | 'cell' | 'area_ids'
>

/** The best placed report says where: an average would lie in a house where nobody stood. */
function placeOf(reports: readonly ReportRow[]): PlaceFacts {
  const placed = reports.filter((report) => report.cell !== null)
  const best =
    [...placed].sort((a, b) => (a.uncertainty_metres ?? 1e9) - (b.uncertainty_metres ?? 1e9))[0] ??
    reports[0]
  return {
    lat: best?.lat ?? null,
    lon: best?.lon ?? null,
    uncertainty_metres: best?.uncertainty_metres ?? null,
    place_label: best?.place_label ?? best?.place_text ?? null,
    cell: best?.cell ?? null,
    area_ids: best?.area_ids ?? [],
  }
}

function commonest(values: readonly string[]): string {
  const counts = new Map<string, number>()
  for (const value of values)
    counts.set(value, (counts.get(value) ?? 0) + (value === 'other' ? 0.5 : 1))
  return [...counts].sort((a, b) => b[1] - a[1])[0]?.[0] ?? 'other'
}
