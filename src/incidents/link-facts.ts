import type { Db, Tx } from '../kernel/db/database.ts'
import { type ReportRow, reportsById } from '../reports/index.ts'
import type { LinkFacts } from './features.ts'
import { fingerprint } from './fingerprint.ts'
import type { IncidentsRoom } from './room.ts'

/** What linking looks at in this report. Its fingerprint is of every field in somebody's own words. */
export function factsForLinking(report: ReportRow): LinkFacts {
  const words = [
    report.description,
    report.place_text,
    report.unit,
    report.uniform,
    report.equipment,
  ].filter(Boolean)
  return {
    lat: report.lat,
    lon: report.lon,
    uncertaintyMetres: report.uncertainty_metres,
    observedAt: report.observed_at,
    timeUncertaintyMinutes: report.time_uncertainty_minutes,
    activity: report.activity,
    size: report.size,
    text: words.length > 0 ? fingerprint(words.join('. ')) : null,
  }
}

/** Facts kept at once, a few kilobytes each. */
const mostKept = 4000
/** Words rest sealed and go when they are taken back: facts of them are not kept longer than this. */
const keptMinutes = 30

interface Kept {
  facts: LinkFacts
  cell: string | null
  at: number
}

/** Facts of reports compared a moment ago, so that a flood is not opened and read anew each time. */
const keptBy = new WeakMap<IncidentsRoom, Map<string, Kept>>()

/**
 * The facts of these reports, by their ids; those that are gone have none. A report is opened again
 * once the desk has moved it to another cell.
 */
export async function factsById(
  room: IncidentsRoom,
  db: Db | Tx,
  wanted: readonly { report_id: string; cell: string | null }[],
): Promise<Map<string, LinkFacts>> {
  const kept = keptOf(room)
  const found = new Map<string, LinkFacts>()
  const missing: string[] = []
  for (const { report_id: id, cell } of wanted) {
    const known = kept.get(id)
    if (known && known.cell === cell) found.set(id, known.facts)
    else missing.push(id)
  }
  const at = room.kernel.clock.now().getTime()
  for (const report of await reportsById(room.reports, db, missing)) {
    const facts = factsForLinking(report)
    found.set(report.id, facts)
    kept.delete(report.id)
    kept.set(report.id, { facts, cell: report.cell, at })
  }
  return found
}

/** Forgets the facts of a report that was added to or taken back; other processes within the half hour. */
export const forgetFacts = (room: IncidentsRoom, reportId: string): boolean =>
  keptOf(room).delete(reportId)

/** What is kept, oldest first, without what is too old or too much. */
function keptOf(room: IncidentsRoom): Map<string, Kept> {
  const kept = keptBy.get(room) ?? new Map<string, Kept>()
  keptBy.set(room, kept)
  const oldest = room.kernel.clock.now().getTime() - keptMinutes * 60_000
  for (const [id, { at }] of kept) {
    if (at >= oldest && kept.size <= mostKept) break
    kept.delete(id)
  }
  return kept
}
