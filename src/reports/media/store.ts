import type { Selectable } from 'kysely'
import type { Db, Tx } from '../../kernel/db/database.ts'
import type { Database } from '../../schema.ts'

/** What is known of a photo or video. */
export type MediaRow = Selectable<Database['report_media']>

/** How the API names it. */
export const described = ({ id, kind, state, original_bytes }: MediaRow) => ({
  id,
  kind,
  state,
  original: original_bytes !== null,
})

/** The photos and video of these reports, in the order they came. */
export async function mediaOf(db: Db | Tx, reportIds: readonly string[]): Promise<MediaRow[]> {
  if (reportIds.length === 0) return []
  return db
    .selectFrom('report_media')
    .selectAll()
    .where('report_id', 'in', [...reportIds])
    .orderBy('created_at')
    .orderBy('id')
    .execute()
}

export const mediaById = (db: Db | Tx, id: string): Promise<MediaRow | undefined> =>
  db.selectFrom('report_media').selectAll().where('id', '=', id).executeTakeFirst()

/**
 * Adds one to its report, whose row is locked meanwhile. Answers why not: it was taken back, or holds `most`
 * already; null where it was added.
 */
export async function insertMedia(
  tx: Tx,
  row: Omit<MediaRow, 'state' | 'reviewed_by' | 'reviewed_at' | 'original_bytes'>,
  most: number,
): Promise<'retracted' | 'full' | null> {
  const report = await tx
    .selectFrom('reports')
    .select('retracted_at')
    .where('id', '=', row.report_id)
    .forUpdate()
    .executeTakeFirst()
  if (!report || report.retracted_at) return 'retracted'
  if ((await mediaOf(tx, [row.report_id])).length >= most) return 'full'
  await tx.insertInto('report_media').values(row).execute()
  await tx
    .updateTable('reports')
    .set(({ eb }) => ({ media_count: eb('media_count', '+', 1) }))
    .where('id', '=', row.report_id)
    .execute()
  return null
}

export const setOriginal = (tx: Tx, id: string, bytes: number): Promise<unknown> =>
  tx
    .updateTable('report_media')
    .set({ original_bytes: String(bytes) })
    .where('id', '=', id)
    .execute()

export const setReviewed = (
  tx: Tx,
  id: string,
  review: { state: 'cleared' | 'held-back'; by: string; at: Date },
): Promise<unknown> =>
  tx
    .updateTable('report_media')
    .set({ state: review.state, reviewed_by: review.by, reviewed_at: review.at })
    .where('id', '=', id)
    .execute()

/** Forgets what was sent with a report that is taken back; its files are swept. */
export const deleteMediaOf = (tx: Tx, reportId: string): Promise<unknown> =>
  tx.deleteFrom('report_media').where('report_id', '=', reportId).execute()

/** Every photo and video, for the sweep of files. */
export const allMedia = (
  db: Db,
): Promise<Pick<MediaRow, 'id' | 'created_at' | 'original_bytes'>[]> =>
  db.selectFrom('report_media').select(['id', 'created_at', 'original_bytes']).execute()

/** Originals there are, newest first, for whoever may open them. */
export const originals = (db: Db, most: number): Promise<MediaRow[]> =>
  db
    .selectFrom('report_media')
    .selectAll()
    .where('original_bytes', 'is not', null)
    .orderBy('created_at', 'desc')
    .limit(most)
    .execute()
