import { addHours } from '../kernel/clock.ts'
import { sha256 } from '../kernel/crypto.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { audit } from './audit.ts'
import { sessionHours } from './rules.ts'
import { deleteSession, insertSession } from './store-sessions.ts'

/** A session that was just opened. The secret goes into the cookie and nowhere else. */
export interface NewSession {
  personId: string
  name: string
  secret: string
}

/** How somebody came in; only a passkey's proof counts as a fresh one. */
export type Entrance = 'passkey' | 'enrolment' | 'demo'

/**
 * Opens a session under a secret of its own, and ends the one the browser had: a secret that was
 * known before sign-in never becomes a signed-in one.
 */
export async function openSession(
  tx: Tx,
  kernel: Kernel,
  person: { personId: string; name: string },
  entrance: { by: Entrance; replaces: string | null },
): Promise<NewSession> {
  const now = kernel.clock.now()
  const secret = kernel.ids.secret()
  if (entrance.replaces) await deleteSession(tx, sha256(entrance.replaces))
  await insertSession(tx, {
    hash: sha256(secret),
    personId: person.personId,
    now,
    expiresAt: addHours(now, sessionHours),
    steppedUpAt: now,
  })
  await audit(tx, kernel, {
    personId: person.personId,
    action: 'session.opened',
    object: `person:${person.personId}`,
    detail: { by: entrance.by },
  })
  return { personId: person.personId, name: person.name, secret }
}
