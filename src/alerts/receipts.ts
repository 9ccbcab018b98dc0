import { timingSafeEqual } from 'node:crypto'
import { roundDown } from '../kernel/clock.ts'
import { sha256 } from '../kernel/crypto.ts'
import { receiptOf } from './endpoints.ts'
import type { AlertsRoom } from './room.ts'

/**
 * A phone has shown an alert. Counted once, where the receipt is one that we gave out for this very
 * word; of whose phone it was nothing is kept. Answers nothing to whoever guesses.
 */
export async function confirmReceipt(
  { kernel }: AlertsRoom,
  given: { incidentId: string; revision: number; receipt: string },
): Promise<void> {
  const { incidentId, revision, receipt } = given
  const id = Number.parseInt(receipt.split('~')[0] ?? '', 36)
  if (!Number.isSafeInteger(id)) return
  const ours = Buffer.from(receiptOf(kernel, id, `${incidentId}/${revision}`))
  const theirs = Buffer.from(receipt)
  if (ours.length !== theirs.length || !timingSafeEqual(ours, theirs)) return
  await kernel.db
    .insertInto('alert_receipts')
    .values({
      token_hash: sha256(receipt),
      incident_id: incidentId,
      revision,
      created_at: roundDown(kernel.clock.now()),
    })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
}
