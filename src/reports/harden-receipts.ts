import type { ReportsRoom } from './submit-report.ts'

/** Receipts read in one go. */
const batch = 100

/**
 * Makes slow what was accepted under its quick hash, newest last. One at a time: what is left over
 * of a core after a flood is enough, and until then the quick hash needs the pepper too.
 */
export async function hardenReceipts({ kernel, receipts }: ReportsRoom): Promise<void> {
  for (;;) {
    const rows = await kernel.db
      .selectFrom('reports')
      .select(['id', 'receipt_hash'])
      .where('receipt_hash', 'like', 'quick:%')
      .orderBy('receipt_hash')
      .limit(batch)
      .execute()
    for (const { id, receipt_hash: quick } of rows)
      await kernel.db
        .updateTable('reports')
        .set({ receipt_hash: await receipts.harden(String(quick)) })
        .where('id', '=', id)
        .where('receipt_hash', '=', quick)
        .execute()
    if (rows.length < batch) return
  }
}
