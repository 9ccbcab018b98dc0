import { addHours } from '../kernel/clock.ts'
import { sha256 } from '../kernel/crypto.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { audit } from './audit.ts'
import type { Link } from './contract.ts'
import { linkHours } from './rules.ts'
import { findPerson } from './store.ts'
import { deleteOpenEnrolments, insertEnrolment } from './store-keys.ts'

/**
 * Makes the one link by which a person adds a passkey: it works once, for that person only, and
 * cancels the links made before. `by` is whose doing it is, null for the shell.
 */
export async function makeLink(
  tx: Tx,
  kernel: Kernel,
  personId: string,
  { by, hours = linkHours }: { by: string | null; hours?: number },
): Promise<Link> {
  if (!(hours > 0 && hours <= linkHours))
    throw new RangeError(`A link lives more than 0 and at most ${linkHours} hours.`)
  const now = kernel.clock.now()
  const expiresAt = addHours(now, hours)
  const secret = kernel.ids.secret()
  // What the shell does needs nobody to vouch for it: whoever has the shell has everything.
  if (by === null) await expectKey(tx, kernel, personId, secret)
  await deleteOpenEnrolments(tx, personId)
  await insertEnrolment(tx, { hash: sha256(secret), personId, expiresAt, now })
  await audit(tx, kernel, { personId: by, action: 'link.made', object: `person:${personId}` })
  return { path: `/desk/enrol/${secret}`, expiresAt: expiresAt.toISOString() }
}

async function expectKey(tx: Tx, kernel: Kernel, personId: string, secret: string): Promise<void> {
  const person = await findPerson(tx, personId)
  if (!person) return
  const { organisationId, roles } = person
  kernel.keyTrust.expect({ secret, personId, organisationId, vouches: roles.includes('admin') })
}
