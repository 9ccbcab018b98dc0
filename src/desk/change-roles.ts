import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { notFound } from '../kernel/problem.ts'
import { audit } from './audit.ts'
import type { Role } from './contract.ts'
import { permit } from './permit.ts'
import { findPerson, setRoles, takeTurn } from './store.ts'
import { keepAnAdministrator } from './suspend-person.ts'

/**
 * Gives a person exactly these roles, from their next request on; a token of a role they lost no
 * longer opens anything. Throws 404, or `desk/last-administrator`.
 */
export async function changeRoles(
  kernel: Kernel,
  actor: Actor,
  { id, roles }: { id: string; roles: Role[] },
): Promise<void> {
  permit(kernel, actor, 'people.roles')
  await kernel.db.transaction().execute(async (tx) => {
    await takeTurn(tx)
    const person = await findPerson(tx, id)
    if (!person) throw notFound()
    if (!roles.includes('admin')) await keepAnAdministrator(tx, [id])
    await setRoles(tx, id, roles)
    await audit(tx, kernel, {
      personId: actor.personId,
      action: 'person.roles-changed',
      object: `person:${id}`,
      detail: { from: person.roles, to: roles },
    })
  })
}
