import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { notFound } from '../kernel/problem.ts'
import { audit } from './audit.ts'
import { type Link, refuse } from './contract.ts'
import { makeLink } from './make-link.ts'
import { permit } from './permit.ts'
import { takeTurn } from './store.ts'
import { deletePasskeys, passkeysOf } from './store-keys.ts'

/** How long somebody has to add a passkey on another device of theirs. */
const ownLinkHours = 1

/** A link for the person themselves, to add a passkey on this or another device. */
export async function addOwnPasskey(kernel: Kernel, actor: Actor): Promise<Link> {
  permit(kernel, actor, 'own.add-passkey')
  const { personId } = actor
  return kernel.db
    .transaction()
    .execute((tx) => makeLink(tx, kernel, personId, { by: personId, hours: ownLinkHours }))
}

/** Removes one of the person's own passkeys; another's is a 404. Throws `desk/last-passkey`. */
export async function removeOwnPasskey(
  kernel: Kernel,
  actor: Actor,
  passkeyId: string,
): Promise<void> {
  permit(kernel, actor, 'own.remove-passkey')
  const { personId } = actor
  await kernel.db.transaction().execute(async (tx) => {
    await takeTurn(tx)
    const own = await passkeysOf(tx, personId)
    if (!own.some(({ id }) => id === passkeyId)) throw notFound()
    if (own.length === 1) throw refuse('desk/last-passkey')
    await deletePasskeys(tx, personId, passkeyId)
    const object = `person:${personId}`
    await audit(tx, kernel, { personId, action: 'passkey.removed', object })
  })
}
