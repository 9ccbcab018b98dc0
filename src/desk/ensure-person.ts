import type { Tx } from '../kernel/db/database.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { audit } from './audit.ts'
import { roles as allRoles, OrganisationName, PersonName, type Role } from './contract.ts'
import * as store from './store.ts'

/** A person as the shell names them; the same two names are the same person. */
export interface NamedPerson {
  organisation: string
  person: string
  roles: readonly Role[]
}

/**
 * The person of these names, made if need be, holding at least these roles: what the shell of the
 * machine asks for. Throws ZodError on names that are empty or too long.
 */
export async function ensurePerson(
  tx: Tx,
  kernel: Kernel,
  named: NamedPerson,
): Promise<store.PersonRow> {
  const now = kernel.clock.now()
  await store.takeTurn(tx)
  const organisation = await store.ensureOrganisation(tx, {
    id: kernel.ids.uuid(),
    name: OrganisationName.parse(named.organisation),
    now,
  })
  const name = PersonName.parse(named.person)
  const known = await store.findPersonByName(tx, organisation.id, name)
  if (known) return giveRoles(tx, kernel, known, named.roles)
  const id = kernel.ids.uuid()
  const roles = allRoles.filter((role) => named.roles.includes(role))
  await store.insertPerson(tx, { id, organisationId: organisation.id, name, roles, now })
  await audit(tx, kernel, {
    personId: null,
    action: 'person.invited',
    object: `person:${id}`,
    detail: { organisationId: organisation.id, roles },
  })
  return person(tx, id)
}

async function giveRoles(
  tx: Tx,
  kernel: Kernel,
  known: store.PersonRow,
  given: readonly Role[],
): Promise<store.PersonRow> {
  const roles = allRoles.filter((role) => known.roles.includes(role) || given.includes(role))
  if (roles.length === known.roles.length) return known
  await store.setRoles(tx, known.id, roles)
  await audit(tx, kernel, {
    personId: null,
    action: 'person.roles-changed',
    object: `person:${known.id}`,
    detail: { from: known.roles, to: roles },
  })
  return { ...known, roles }
}

async function person(tx: Tx, id: string): Promise<store.PersonRow> {
  const row = await store.findPerson(tx, id)
  if (!row) throw new Error('a person who was just added is not there')
  return row
}
