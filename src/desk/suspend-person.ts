import type { Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { notFound } from '../kernel/problem.ts'
import { audit } from './audit.ts'
import { refuse } from './contract.ts'
import { permit } from './permit.ts'
import { losesLastAdministrator } from './rules.ts'
import {
  administrators,
  findPerson,
  memberIds,
  setOrganisationSuspended,
  setPersonSuspended,
  takeTurn,
} from './store.ts'
import { deleteOpenEnrolments } from './store-keys.ts'
import { deleteSessionsOf, revokeTokensOf } from './store-sessions.ts'

/**
 * Shuts a person out: sessions, tokens and links end with this transaction. Throws 404, or
 * `desk/last-administrator`.
 */
export async function suspendPerson(kernel: Kernel, actor: Actor, id: string): Promise<void> {
  permit(kernel, actor, 'people.suspend')
  await kernel.db.transaction().execute(async (tx) => {
    await takeTurn(tx)
    if (!(await findPerson(tx, id))) throw notFound()
    await keepAnAdministrator(tx, [id])
    await setPersonSuspended(tx, id, kernel.clock.now())
    await endEverything(tx, kernel, [id])
    const object = `person:${id}`
    await audit(tx, kernel, { personId: actor.personId, action: 'person.suspended', object })
  })
}

/** Lets a person back in. What ended stays ended: they sign in anew. Throws 404. */
export async function resumePerson(kernel: Kernel, actor: Actor, id: string): Promise<void> {
  permit(kernel, actor, 'people.resume')
  await kernel.db.transaction().execute(async (tx) => {
    await takeTurn(tx)
    if (!(await findPerson(tx, id))) throw notFound()
    await setPersonSuspended(tx, id, null)
    const object = `person:${id}`
    await audit(tx, kernel, { personId: actor.personId, action: 'person.resumed', object })
  })
}

/**
 * Shuts a whole organisation out, or lets it back in. Throws 404, or `desk/last-administrator`.
 */
export async function suspendOrganisation(
  kernel: Kernel,
  actor: Actor,
  { id, suspended }: { id: string; suspended: boolean },
): Promise<void> {
  permit(kernel, actor, 'organisations.suspend')
  await kernel.db.transaction().execute(async (tx) => {
    await takeTurn(tx)
    const members = await memberIds(tx, id)
    if (suspended) await keepAnAdministrator(tx, members)
    const known = await setOrganisationSuspended(tx, id, suspended ? kernel.clock.now() : null)
    if (!known) throw notFound()
    if (suspended) await endEverything(tx, kernel, members)
    await audit(tx, kernel, {
      personId: actor.personId,
      action: suspended ? 'organisation.suspended' : 'organisation.resumed',
      object: `organisation:${id}`,
    })
  })
}

async function endEverything(tx: Tx, kernel: Kernel, ids: readonly string[]): Promise<void> {
  if (ids.length === 0) return
  await deleteSessionsOf(tx, ids)
  await revokeTokensOf(tx, ids, kernel.clock.now())
  for (const id of ids) {
    await deleteOpenEnrolments(tx, id)
    await kernel.keyTrust.revoke(id)
  }
}

/** Throws `desk/last-administrator` if nobody could administer the desk without these people. */
export async function keepAnAdministrator(tx: Tx, leaving: readonly string[]): Promise<void> {
  if (losesLastAdministrator(await administrators(tx), leaving))
    throw refuse('desk/last-administrator')
}
