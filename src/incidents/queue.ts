import { limits } from '../kernel/limits.ts'
import { notFound } from '../kernel/problem.ts'
import { asLabel } from '../kernel/text.ts'
import { type ReportRow, reportsById } from '../reports/index.ts'
import { alikeCounts } from './alike-incidents.ts'
import { alikeKey } from './alike-words.ts'
import type { Status } from './contract.ts'
import { likeliestOf, type Proposed } from './proposals.ts'
import { type IncidentItem, queueItem, urgencyOf } from './queue-item.ts'
import { membersOf, queueRows, type Ranked, rowsById, tellingReports } from './queue-rows.ts'
import type { IncidentsRoom } from './room.ts'
import { type IncidentRow, incidentById } from './store.ts'

/** One row of the queue: an incident, or the most urgent of many that are the same words. */
export interface QueueItem extends IncidentItem {
  /** How many others of the queue are of its kind, near it and within the hour. */
  alikeNearby: number
  /** How many incidents it stands for, itself included, their reports and cells; null for itself alone. */
  alike: Ranked['alike']
  /** How its reports begin, in their senders' words: up to three that differ, the weightiest first. */
  words: string[]
  /** Several reports, and every one in the same words: one hand, it seems. */
  sameWords: boolean
  /** What it may be the same event as: for a person to decide. */
  proposal: Proposed | null
}

/** Characters of a report that a row shows. */
const excerptCharacters = 200

/**
 * What waits for people, most urgent first: expected harm, falling with age (`rules.priority`); what
 * is ranked last comes after all others, what was set aside at the very end. The same words about
 * many places are one row, which `alikeTo` opens. Nothing is dropped, only ranked.
 */
export async function queue(
  room: IncidentsRoom,
  states: readonly Status[] = ['open', 'confirmed', 'other-agency', 'unfounded'],
): Promise<QueueItem[]> {
  const { db, clock } = room.kernel
  return itemsOf(room, await queueRows(db, states, clock.now(), limits.queueRows))
}

/**
 * Every incident of the group that a row stands for, each as a row of its own; up to
 * `limits.queueRows`. Of an incident in no group: itself. Throws 404.
 */
export async function alikeTo(room: IncidentsRoom, id: string): Promise<QueueItem[]> {
  const { db, clock } = room.kernel
  const row = await incidentById(db, id)
  if (!row) throw notFound('There is no incident of this number.')
  const ids = row.alike ? await membersOf(db, row, clock.now(), limits.queueRows) : [id]
  return itemsOf(
    room,
    ids.map((one) => ({ id: one, alike: null })),
  )
}

async function itemsOf(room: IncidentsRoom, ranked: readonly Ranked[]): Promise<QueueItem[]> {
  const { db, clock } = room.kernel
  const ids = ranked.map(({ id }) => id)
  const rows = await rowsById(db, ids)
  const [names, words, proposals] = await Promise.all([
    room.namesOf(rows.flatMap((row) => row.pending_by ?? [])),
    wordsOf(room, ids),
    likeliestOf(db, ids),
  ])
  const nearby = alikeCounts(rows)
  const groups = new Map(ranked.map(({ id, alike }) => [id, alike]))
  const now = clock.now()
  return rows.map((row: IncidentRow) => ({
    ...queueItem(room, row, urgencyOf(row, now), names),
    alikeNearby: nearby.get(row.id) ?? 0,
    alike: groups.get(row.id) ?? null,
    words: words.get(row.id) ?? [],
    sameWords: row.alike !== null && row.report_count > 1,
    proposal: proposals.get(row.id) ?? null,
  }))
}

/** Different words that a row shows. */
const mostWords = 3

/** How the reports of each begin; nothing of those whose words are past their days. */
async function wordsOf(
  room: IncidentsRoom,
  ids: readonly string[],
): Promise<Map<string, string[]>> {
  const { db } = room.kernel
  const telling = await tellingReports(db, ids)
  const reports = await reportsById(room.reports, db, [...telling.values()].flat())
  const byId = new Map(reports.map((report) => [report.id, report]))
  return new Map(
    [...telling].map(([id, reportIds]) => [
      id,
      different(
        room,
        reportIds.flatMap((reportId) => byId.get(reportId) ?? []),
      ),
    ]),
  )
}

/** The first of each that differ by more than how they are written. */
function different(room: IncidentsRoom, reports: readonly ReportRow[]): string[] {
  const said = new Map<string, string>()
  for (const report of reports) {
    const text = asLabel(report.description ?? '')
    const key = alikeKey(room, report) ?? text.toLowerCase()
    if (text !== '' && !said.has(key)) said.set(key, shortened(text))
  }
  return [...said.values()].slice(0, mostWords)
}

function shortened(text: string): string {
  const letters = [...text]
  return letters.length <= excerptCharacters
    ? text
    : `${letters.slice(0, excerptCharacters).join('').trimEnd()}…`
}
