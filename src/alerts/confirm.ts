import { askForJobs } from '../kernel/ask-for-jobs.ts'
import { sha256 } from '../kernel/crypto.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { AlertsRoom } from './room.ts'
import { setState } from './store-subscriptions.ts'

/**
 * Asks the owner of a number or address whether it was they: nothing else is sent before they say so.
 * The job is told the hash only; what it sends it finds sealed.
 */
export const askToConfirm = (tx: Tx, hash: string): Promise<void> =>
  askForJobs(tx, [{ job: 'alerts:ask-to-confirm', payload: { hash } }])

/** The owner said yes, by the link or the word they were sent. Answers nothing to whoever guesses. */
export async function confirm({ kernel }: AlertsRoom, secret: string): Promise<void> {
  await kernel.db.transaction().execute(async (tx) => {
    const found = await tx
      .selectFrom('subscriptions')
      .select('id')
      .where('confirm_hash', '=', sha256(secret))
      .where('state', '=', 'pending')
      .forUpdate()
      .executeTakeFirst()
    if (found) await setState(tx, [found.id], { state: 'active', confirm_hash: null })
  })
}
