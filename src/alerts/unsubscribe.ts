import { sha256 } from '../kernel/crypto.ts'
import type { AlertsRoom } from './room.ts'
import { byCapability, endSubscriptions } from './store-subscriptions.ts'

/**
 * Ends the subscription that a capability is of. Answers nothing: whoever guesses learns nothing
 * from a capability that is right, wrong, or used (security.md S6).
 */
export async function unsubscribe({ kernel }: AlertsRoom, capability: string): Promise<void> {
  await kernel.db.transaction().execute(async (tx) => {
    const found = await byCapability(tx, sha256(capability))
    if (found) await endSubscriptions(tx, [found.id])
  })
}
