import type { Selectable } from 'kysely'
import type { Db, Tx } from '../kernel/db/database.ts'
import type { Database } from '../schema.ts'

export type ReportRow = Selectable<Database['reports']>

/** Adds a report; answers false if this source already sent this id. */
export async function insertReport(tx: Tx, row: ReportRow): Promise<boolean> {
  const inserted = await tx
    .insertInto('reports')
    .values({ ...row, media: row.media === null ? null : JSON.stringify(row.media) })
    .onConflict((conflict) => conflict.columns(['source', 'source_id']).doNothing())
    .returning('id')
    .executeTakeFirst()
  return inserted !== undefined
}

/** The report a receipt's slow hash belongs to. */
export const reportByReceipt = (db: Db | Tx, receiptHash: string): Promise<ReportRow | undefined> =>
  db.selectFrom('reports').selectAll().where('receipt_hash', '=', receiptHash).executeTakeFirst()

/** These reports, oldest observation first. */
export const reportsById = (db: Db | Tx, ids: readonly string[]): Promise<ReportRow[]> =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('reports')
        .selectAll()
        .where('id', 'in', ids)
        .orderBy('observed_at')
        .orderBy('id')
        .execute()

/** The ids of reports that this source sent before, by the source's own id. */
export async function idsBySource(
  db: Db | Tx,
  source: string,
  sourceIds: readonly string[],
): Promise<Map<string, string>> {
  const rows = await db
    .selectFrom('reports')
    .select(['id', 'source_id'])
    .where('source', '=', source as ReportRow['source'])
    .where('source_id', 'in', sourceIds.length > 0 ? sourceIds : [''])
    .execute()
  return new Map(rows.map((row) => [row.source_id as string, row.id]))
}

/** Marks a report as taken back; its free text and exact place go at once. */
export const retractReport = (tx: Tx, id: string, at: Date): Promise<unknown> =>
  tx
    .updateTable('reports')
    .set({
      retracted_at: at,
      description: null,
      contact: null,
      media: null,
      media_count: 0,
      size: null,
      unit: null,
      uniform: null,
      equipment: null,
      place_text: null,
      place_label: null,
      lat: null,
      lon: null,
    })
    .where('id', '=', id)
    .execute()

/** Sets where a report is, once a person of the desk has placed its words. */
export const setPlace = (
  tx: Tx,
  id: string,
  place: Pick<
    ReportRow,
    'lat' | 'lon' | 'uncertainty_metres' | 'place_label' | 'cell' | 'area_ids'
  >,
): Promise<unknown> => tx.updateTable('reports').set(place).where('id', '=', id).execute()

export type AdditionRow = Selectable<Database['report_additions']>

export const insertAddition = (tx: Tx, row: AdditionRow): Promise<unknown> =>
  tx.insertInto('report_additions').values(row).execute()

/** What was added to these reports, oldest first. */
export const additionsOf = (db: Db | Tx, reportIds: readonly string[]): Promise<AdditionRow[]> =>
  reportIds.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('report_additions')
        .selectAll()
        .where('report_id', 'in', reportIds)
        .orderBy('created_at')
        .execute()

/** Sets `still_there` as the reporter last knew it. */
export const setStillThere = (tx: Tx, id: string, stillThere: boolean): Promise<unknown> =>
  tx.updateTable('reports').set({ still_there: stillThere }).where('id', '=', id).execute()
