import type { Tx } from '../kernel/db/database.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { ReportRow } from './sealed-words.ts'
import { insertReports } from './store.ts'

/** Writes reports and their events; answers the ids of those their source had not sent before. */
export async function storeReports(
  kernel: Pick<Kernel, 'sealing' | 'emit' | 'ids'>,
  tx: Tx,
  rows: readonly ReportRow[],
): Promise<Set<string>> {
  if (rows.length === 0) return new Set()
  const added = await insertReports(kernel.sealing, tx, rows)
  const events = rows
    .filter(({ id }) => added.has(id))
    .map((row) => ({
      id: kernel.ids.uuid(),
      stream: 'report',
      streamId: row.id,
      type: 'report.received',
      actorId: row.entered_by,
      // The log is kept for good: it says that a report came in, and nothing of it.
      data: {},
      at: row.received_at,
    }))
  await kernel.emit(tx, ...events)
  return added
}
