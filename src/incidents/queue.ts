import { limits } from '../kernel/limits.ts'
import { notFound } from '../kernel/problem.ts'
import { asLabel } from '../kernel/text.ts'
import { reportsById } from '../reports/index.ts'
import { alikeCounts } from './alike-incidents.ts'
import type { Status } from './contract.ts'
import { likeliestOf, type Proposed } from './proposals.ts'
import { type IncidentItem, queueItem, urgencyOf } from './queue-item.ts'
import { firstReports, membersOf, queueRows, type Ranked, rowsById } from './queue-rows.ts'
import type { IncidentsRoom } from './room.ts'
import { type IncidentRow, incidentById } from './store.ts'

/** One row of the queue: an incident, or the most urgent of many that are the same words. */
export interface QueueItem extends IncidentItem {
  /** How many others of the queue are of its kind, near it and within the hour. */
  alikeNearby: number
  /** How many incidents it stands for, itself included, their reports and cells; null for itself alone. */
  alike: Ranked['alike']
  /** The beginning of its first report, in the words of whoever sent it. */
  words: string | null
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
    words: words.get(row.id) ?? null,
    proposal: proposals.get(row.id) ?? null,
  }))
}

/** How the first report of each begins; nothing for those whose words are past their days. */
async function wordsOf(room: IncidentsRoom, ids: readonly string[]): Promise<Map<string, string>> {
  const { db } = room.kernel
  const first = await firstReports(db, ids)
  const reports = await reportsById(room.reports, db, [...first.values()])
  const said = new Map(reports.map(({ id, description }) => [id, description]))
  return new Map(
    [...first].flatMap(([id, reportId]) => {
      const text = asLabel(said.get(reportId) ?? '')
      return text === '' ? [] : [[id, shortened(text)] as const]
    }),
  )
}

function shortened(text: string): string {
  const letters = [...text]
  return letters.length <= excerptCharacters
    ? text
    : `${letters.slice(0, excerptCharacters).join('').trimEnd()}…`
}
