import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { audit } from './audit.ts'
import { type Link, type NewPerson, refuse } from './contract.ts'
import { makeLink } from './make-link.ts'
import { permit } from './permit.ts'
import { ensureOrganisation, insertPerson } from './store.ts'

/**
 * Adds a person to an organisation, which is made if it is new, and answers the link to hand them.
 * Throws `desk/name-taken`, or `desk/suspended` for a suspended organisation.
 */
export async function invitePerson(
  kernel: Kernel,
  actor: Actor,
  invited: NewPerson,
): Promise<{ id: string; link: Link }> {
  permit(kernel, actor, 'people.invite')
  const now = kernel.clock.now()
  return kernel.db.transaction().execute(async (tx) => {
    const named = { id: kernel.ids.uuid(), name: invited.organisation, now }
    const organisation = await ensureOrganisation(tx, named)
    if (organisation.suspendedAt) throw refuse('desk/suspended')
    const id = kernel.ids.uuid()
    const { name, roles } = invited
    if (!(await insertPerson(tx, { id, organisationId: organisation.id, name, roles, now })))
      throw refuse('desk/name-taken')
    await audit(tx, kernel, {
      personId: actor.personId,
      action: 'person.invited',
      object: `person:${id}`,
      detail: { organisationId: organisation.id, roles },
    })
    return { id, link: await makeLink(tx, kernel, id, { by: actor.personId }) }
  })
}
