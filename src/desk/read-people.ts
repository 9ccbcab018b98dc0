import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { notFound } from '../kernel/problem.ts'
import { type Me, type Organisation, type Person, Role } from './contract.ts'
import { permit } from './permit.ts'
import { refusal, stepUpMinutes } from './rules.ts'
import { listOrganisations, listPeople } from './store.ts'
import { keysAndOwners, passkeysOf } from './store-keys.ts'

/** Everyone on the deployment, by organisation and name. Administrators only. */
export async function readPeople(kernel: Kernel, actor: Actor): Promise<Person[]> {
  permit(kernel, actor, 'people.list')
  return everyone(kernel)
}

/** Everyone on the deployment. Asks nobody's permission: for callers that have. */
export async function everyone(kernel: Kernel): Promise<Person[]> {
  const waiting = await ownersOfWaitingKeys(kernel)
  return (await listPeople(kernel.db, kernel.clock.now())).map((row) => personOf(row, waiting))
}

/** Whose passkeys the signer does not believe yet; none where there is no signer to ask. */
async function ownersOfWaitingKeys(kernel: Kernel, only?: string): Promise<Set<string>> {
  const keys = await keysAndOwners(kernel.db, only)
  const known = await Promise.all(keys.map(({ id }) => kernel.keyTrust.knows(id).catch(() => true)))
  return new Set(keys.filter((_, i) => !known[i]).map(({ personId }) => personId))
}

/** One person, to administrators and to themselves; to everybody else there is nobody: 404. */
export async function readPerson(kernel: Kernel, actor: Actor, id: string): Promise<Person> {
  const now = kernel.clock.now()
  if (actor.personId !== id && refusal('people.list', actor, now) !== null) throw notFound()
  const [row] = await listPeople(kernel.db, now, id)
  if (!row) throw notFound()
  return personOf(row, await ownersOfWaitingKeys(kernel, id))
}

const personOf = (
  row: Awaited<ReturnType<typeof listPeople>>[number],
  waiting: ReadonlySet<string>,
): Person => ({
  id: row.id,
  name: row.name,
  organisation: {
    id: row.organisationId,
    name: row.organisation,
    suspended: row.organisationSuspendedAt !== null,
  },
  roles: knownRoles(row.roles),
  suspended: row.personSuspendedAt !== null,
  passkeys: Number(row.passkeys),
  keyWaits: waiting.has(row.id),
  tokens: Number(row.tokens),
  linkExpiresAt: row.linkExpiresAt?.toISOString() ?? null,
  createdAt: row.createdAt.toISOString(),
})

const knownRoles = (given: readonly string[]): Role[] =>
  Role.options.filter((role) => given.includes(role))

/** Every organisation on the deployment. Administrators only. */
export async function readOrganisations(kernel: Kernel, actor: Actor): Promise<Organisation[]> {
  permit(kernel, actor, 'organisations.list')
  return (await listOrganisations(kernel.db)).map(({ id, name, suspendedAt, people }) => ({
    id,
    name,
    suspended: suspendedAt !== null,
    people: Number(people),
  }))
}

/** The signed-in person, to themselves. */
export async function readMe(kernel: Kernel, actor: Actor): Promise<Me> {
  const passkeys = await passkeysOf(kernel.db, actor.personId)
  return {
    id: actor.personId,
    name: actor.name,
    organisation: { id: actor.organisationId, name: actor.organisation },
    roles: knownRoles(actor.roles),
    by: actor.by,
    steppedUpUntil: actor.steppedUpAt
      ? new Date(actor.steppedUpAt.getTime() + stepUpMinutes * 60_000).toISOString()
      : null,
    passkeys: passkeys.map(({ id, createdAt }) => ({ id, createdAt: createdAt.toISOString() })),
  }
}
