import type { Selectable } from 'kysely'
import type { Db, Tx } from '../kernel/db/database.ts'
import { limits } from '../kernel/limits.ts'
import type { Sealing } from '../kernel/sealing/index.ts'
import type { Database } from '../schema.ts'
import type { HeldBack } from './screening/hold-back.ts'
import { openReport, type ReportRow, sealReport } from './sealed-words.ts'

/** The report that a receipt belongs to, by any of the hashes it may be kept under. */
export async function reportByReceipt(
  sealing: Sealing,
  db: Db | Tx,
  receiptHashes: readonly string[],
): Promise<ReportRow | undefined> {
  const row = await db
    .selectFrom('reports')
    .selectAll()
    .where('receipt_hash', 'in', [...receiptHashes])
    .executeTakeFirst()
  return row && openReport(sealing, row)
}

/** These reports, oldest observation first; past their days they are without place and words. */
export async function reportsById(
  { kernel }: { kernel: { sealing: Sealing } },
  db: Db | Tx,
  ids: readonly string[],
): Promise<ReportRow[]> {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('reports')
    .selectAll()
    .where('id', 'in', ids)
    .orderBy('observed_at')
    .orderBy('id')
    .execute()
  return rows.map((row) => openReport(kernel.sealing, row))
}

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
    .set({ retracted_at: at, media_count: 0, sealed: null })
    .where('id', '=', id)
    .execute()

/** Sets where a report is, once a person of the desk has placed its words. */
export function setPlace(
  sealing: Sealing,
  tx: Tx,
  report: ReportRow,
  place: Pick<
    ReportRow,
    'lat' | 'lon' | 'uncertainty_metres' | 'place_label' | 'cell' | 'area_ids'
  >,
): Promise<unknown> {
  const { uncertainty_metres, cell, area_ids, sealed } = sealReport(sealing, {
    ...report,
    ...place,
  })
  return tx
    .updateTable('reports')
    .set({ uncertainty_metres, cell, area_ids, sealed })
    .where('id', '=', report.id)
    .execute()
}

/** What was added to a report, opened. */
export type AdditionRow = Omit<Selectable<Database['report_additions']>, 'sealed'> & {
  text: string | null
  held_back: HeldBack[] | null
}

const additionPlace = ({ id, created_at }: Pick<AdditionRow, 'id' | 'created_at'>) => ({
  table: 'report_additions',
  id,
  at: created_at,
  days: limits.restrictedDays,
})

/** Adds to a report. */
export const insertAddition = (
  sealing: Sealing,
  tx: Tx,
  { text, held_back, ...row }: AdditionRow,
): Promise<unknown> =>
  tx
    .insertInto('report_additions')
    .values({ ...row, sealed: sealing.seal(additionPlace(row), { text, held_back }) })
    .execute()

/** What was added to these reports, oldest first; past its days it is without words. */
export async function additionsOf(
  { kernel }: { kernel: { sealing: Sealing } },
  db: Db | Tx,
  reportIds: readonly string[],
): Promise<AdditionRow[]> {
  if (reportIds.length === 0) return []
  const rows = await db
    .selectFrom('report_additions')
    .selectAll()
    .where('report_id', 'in', reportIds)
    .orderBy('created_at')
    .execute()
  return rows.map(({ sealed, ...row }) => ({
    ...row,
    text: null,
    held_back: null,
    ...kernel.sealing.open<Partial<Pick<AdditionRow, 'text' | 'held_back'>>>(
      additionPlace(row),
      sealed,
    ),
  }))
}

/** Sets `still_there` as the reporter last knew it. */
export const setStillThere = (tx: Tx, id: string, stillThere: boolean): Promise<unknown> =>
  tx.updateTable('reports').set({ still_there: stillThere }).where('id', '=', id).execute()
