import { sql } from 'kysely'
import type { Db, Tx } from '../kernel/db/database.ts'
import type { Status } from './contract.ts'
import { halfLifeHours, waitingForOne } from './rules.ts'
import type { IncidentRow } from './store.ts'

/** A row to be shown: the most urgent incident of a group, or one that stands for itself. */
export interface Ranked {
  id: string
  /** Incidents it stands for, itself included, their reports and cells; null for itself alone. */
  alike: { count: number; reports: number; places: number } | null
}

/** So few of the same words are shown one by one. */
export const smallestGroup = 3

/** `rules.priority` once more, so that no flood can push a true one out of what is read. */
const urgencyAt = (now: Date) => {
  const seen = sql`coalesce(last_observed_at, last_report_at)`
  const hours = sql`greatest(0, extract(epoch from (${now}::timestamptz - ${seen})) / 3600)`
  return sql`harm * power(0.5, least(${hours} / ${halfLifeHours}, 1000)) + case when pending_at is null then 0 else ${waitingForOne} end`
}

/** The key of the group an incident may be in: nothing that waits or is published shares a row. */
const shared = sql`case when status = 'open' and pending_at is null then alike end`

/**
 * The rows of the queue, most urgent first. A group holds what has the same words and the same
 * standing: what is ranked last never shares a row with what is not, nor what was set aside.
 */
export async function queueRows(
  db: Db,
  states: readonly Status[],
  now: Date,
  limit: number,
): Promise<Ranked[]> {
  const { rows } = await sql<{ id: string; count: string | null; reports: string; places: string }>`
    with live as (
      select id, ranked_last, set_aside_at is not null as aside, cell, report_count, ${urgencyAt(now)} as urgency, ${shared} as words
      from incidents where status = any(${[...states]}) and report_count > 0
    ), groups as (
      select words, ranked_last, aside, count(*) as count, sum(report_count) as reports, count(distinct cell) as places,
        (array_agg(id order by urgency desc, id))[1] as head
      from live where words is not null group by words, ranked_last, aside having count(*) >= ${smallestGroup}
    )
    select live.id, groups.count, groups.reports, groups.places
    from live left join groups using (words, ranked_last, aside)
    where groups.head is null or groups.head = live.id
    order by live.aside, live.ranked_last, live.urgency desc, live.id limit ${limit}`.execute(db)
  return rows.map(({ id, count, reports, places }) => ({
    id,
    alike:
      count === null
        ? null
        : { count: Number(count), reports: Number(reports), places: Number(places) },
  }))
}

/** Those in one group with this incident, itself included, most urgent first; at most so many. */
export async function membersOf(
  db: Db | Tx,
  { alike, ranked_last, set_aside_at }: IncidentRow,
  now: Date,
  limit: number,
): Promise<string[]> {
  const rows = await db
    .selectFrom('incidents')
    .select('id')
    .where('alike', '=', alike)
    .where('status', '=', 'open')
    .where('pending_at', 'is', null)
    .where('report_count', '>', 0)
    .where('ranked_last', '=', ranked_last)
    .where('set_aside_at', set_aside_at === null ? 'is' : 'is not', null)
    .orderBy(urgencyAt(now), 'desc')
    .orderBy('id')
    .limit(limit)
    .execute()
  return rows.map(({ id }) => id)
}

/** Incidents by their ids, in that order. */
export async function rowsById(db: Db, ids: readonly string[]): Promise<IncidentRow[]> {
  if (ids.length === 0) return []
  const rows = await db.selectFrom('incidents').selectAll().where('id', 'in', ids).execute()
  const byId = new Map(rows.map((row) => [row.id, row]))
  return ids.flatMap((id) => byId.get(id) ?? [])
}

/** Reports of one incident that are opened to see what different people say. */
const mostOpened = 8

/**
 * The reports of each incident that its row speaks with, by incident: what a caller said before what a
 * flood may be behind, with media before without, who saw it before who heard of it. At most eight of each.
 */
export async function tellingReports(
  db: Db,
  incidentIds: readonly string[],
): Promise<Map<string, string[]>> {
  const { rows } = await sql<{ incident_id: string; report_ids: string[] }>`
    select incident_id, array_agg(report_id order by nth) as report_ids from (
      select incident_id, report_id, row_number() over (partition by incident_id
        order by ranked_last, source <> 'desk', media_count = 0, not first_hand, reports.created_at, report_id) as nth
      from incident_reports join reports on reports.id = report_id
      where incident_id = any(${[...incidentIds]}) and retracted_at is null
    ) told where nth <= ${mostOpened} group by incident_id`.execute(db)
  return new Map(rows.map(({ incident_id, report_ids }) => [incident_id, report_ids]))
}
