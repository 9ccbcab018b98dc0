import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { notFound } from '../kernel/problem.ts'
import { audit } from './audit.ts'
import { type Link, refuse } from './contract.ts'
import { makeLink } from './make-link.ts'
import { permit } from './permit.ts'
import { inGoodStanding } from './rules.ts'
import { findPerson, takeTurn } from './store.ts'
import { deletePasskeys } from './store-keys.ts'
import { deleteSessionsOf } from './store-sessions.ts'
import { keepAnAdministrator } from './suspend-person.ts'

/**
 * A new enrolment link for somebody. `replace`, for a lost phone, removes the passkeys they had
 * and ends their sessions at once. Throws 404, `desk/suspended`, `desk/last-administrator`.
 */
export async function renewLink(
  kernel: Kernel,
  actor: Actor,
  { id, replace }: { id: string; replace: boolean },
): Promise<Link> {
  permit(kernel, actor, 'people.link')
  return kernel.db.transaction().execute(async (tx) => {
    await takeTurn(tx)
    const person = await findPerson(tx, id)
    if (!person) throw notFound()
    if (!inGoodStanding(person)) throw refuse('desk/suspended')
    if (replace) {
      await keepAnAdministrator(tx, [id])
      const removed = await deletePasskeys(tx, id)
      await deleteSessionsOf(tx, [id])
      await kernel.keyTrust.revoke(id)
      await audit(tx, kernel, {
        personId: actor.personId,
        action: 'passkeys.removed',
        object: `person:${id}`,
        detail: { removed },
      })
    }
    return makeLink(tx, kernel, id, { by: actor.personId })
  })
}
