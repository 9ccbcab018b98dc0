import { sha256 } from '../kernel/crypto.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { audit } from './audit.ts'
import { deleteSession } from './store-sessions.ts'

/** Ends the session of that secret. An unknown one is no error: it is just as signed out. */
export async function signOut(kernel: Kernel, secret: string): Promise<void> {
  await kernel.db.transaction().execute(async (tx) => {
    const personId = await deleteSession(tx, sha256(secret))
    if (!personId) return
    await audit(tx, kernel, { personId, action: 'session.closed', object: `person:${personId}` })
  })
}
