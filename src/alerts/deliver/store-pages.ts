import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../../kernel/db/database.ts'
import type { Database } from '../../schema.ts'

/** Every query of the room on pages: what one job sends, and who was told. */

export type PageRow = Selectable<Database['alert_pages']>

export const insertPages = (tx: Tx, rows: readonly PageRow[]): Promise<unknown> =>
  rows.length === 0
    ? Promise.resolve()
    : tx
        .insertInto('alert_pages')
        .values([...rows])
        .execute()

export const pageById = (db: Db, id: string): Promise<PageRow | undefined> =>
  db.selectFrom('alert_pages').selectAll().where('id', '=', id).executeTakeFirst()

/** Notes that messages of this page may be on their way from now on. */
export const claimPage = (db: Db, id: string, now: Date): Promise<unknown> =>
  db.updateTable('alert_pages').set({ claimed_at: now }).where('id', '=', id).execute()

/** Notes that a gateway took a message of this page: a process that is killed sends the others again only. */
export const noteTold = (db: Db, id: string, subscriptionId: number): Promise<unknown> =>
  db
    .updateTable('alert_pages')
    .set({ told: sql`array_append(coalesce(told, '{}'::integer[]), ${subscriptionId}::integer)` })
    .where('id', '=', id)
    .execute()

export const finishPage = (
  tx: Tx,
  id: string,
  result: { told: readonly number[]; failed: number; now: Date },
): Promise<unknown> =>
  tx
    .updateTable('alert_pages')
    .set({
      told: sql`${[...result.told]}::integer[]`,
      accepted: result.told.length,
      failed: result.failed,
      finished_at: result.now,
    })
    .where('id', '=', id)
    .execute()

/**
 * Everybody who was told anything of an incident before this revision: of pages that have ended those
 * whose service took the message, of pages under way everybody, since they may have been.
 */
export async function toldBefore(db: Db, incidentId: string, revision: number): Promise<number[]> {
  const { rows } = await sql<{ id: number }>`
    select distinct id from (
      select unnest(case when finished_at is null then subscription_ids else told end) as id
      from alert_pages
      where incident_id = ${incidentId} and revision < ${revision} and claimed_at is not null
    ) as told where id is not null order by id`.execute(db)
  return rows.map(({ id }) => id)
}

/** Whether the pages of this part of an alert were made: a job that runs again makes none twice. */
export async function hasPages(
  tx: Tx,
  incidentId: string,
  revision: number,
  shard: number,
): Promise<boolean> {
  const page = await tx
    .selectFrom('alert_pages')
    .select('id')
    .where('incident_id', '=', incidentId)
    .where('revision', '=', revision)
    .where('shard', '=', shard)
    .limit(1)
    .executeTakeFirst()
  return page !== undefined
}

/** Pages that are not finished, and whose alert is still to be shown. */
export const unfinishedPages = (db: Db | Tx, now: Date) =>
  db
    .selectFrom('alert_pages as p')
    .innerJoin('alerts as a', (join) =>
      join.onRef('a.incident_id', '=', 'p.incident_id').onRef('a.revision', '=', 'p.revision'),
    )
    .select(['p.id', 'p.channel', 'p.origin'])
    .where('p.finished_at', 'is', null)
    .where('a.expires_at', '>', now)
    .execute()

/** The two figures that are always published: taken by gateways, and shown on phones. */
export async function figuresOf(db: Db, incidentId: string, revision: number) {
  const { accepted, failed } = await db
    .selectFrom('alert_pages')
    .select([
      sql<string>`coalesce(sum(accepted), 0)`.as('accepted'),
      sql<string>`coalesce(sum(failed), 0)`.as('failed'),
    ])
    .where('incident_id', '=', incidentId)
    .where('revision', '=', revision)
    .executeTakeFirstOrThrow()
  const { confirmed } = await db
    .selectFrom('alert_receipts')
    .select(sql<string>`count(*)`.as('confirmed'))
    .where('incident_id', '=', incidentId)
    .where('revision', '=', revision)
    .executeTakeFirstOrThrow()
  return { accepted: Number(accepted), failed: Number(failed), confirmed: Number(confirmed) }
}
