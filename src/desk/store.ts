import { sql } from 'kysely'
import type { Db, Tx } from '../kernel/db/database.ts'

/** Every query of the room on people, organisations and the audit. */

type Reader = Db | Tx

/** Any number: changes to who may do what take turns, so that two cannot miss each other. */
const peopleLock = 7_043_222

/** Makes this transaction wait for every other that changes people. */
export const takeTurn = async (tx: Tx): Promise<void> => {
  await sql`select pg_advisory_xact_lock(${peopleLock})`.execute(tx)
}

/** The organisation of that name, made if there is none. */
export async function ensureOrganisation(
  tx: Tx,
  row: { id: string; name: string; now: Date },
): Promise<{ id: string; suspendedAt: Date | null; made: boolean }> {
  const inserted = await tx
    .insertInto('organisations')
    .values({ id: row.id, name: row.name, created_at: row.now, suspended_at: null })
    .onConflict((conflict) => conflict.column('name').doNothing())
    .executeTakeFirst()
  const kept = await tx
    .selectFrom('organisations')
    .select(['id', 'suspended_at as suspendedAt'])
    .where('name', '=', row.name)
    .executeTakeFirstOrThrow()
  return { ...kept, made: (inserted.numInsertedOrUpdatedRows ?? 0n) > 0n }
}

/** Adds a person; false if the organisation has one of this name. */
export async function insertPerson(
  tx: Tx,
  row: { id: string; organisationId: string; name: string; roles: string[]; now: Date },
): Promise<boolean> {
  const result = await tx
    .insertInto('people')
    .values({
      id: row.id,
      organisation_id: row.organisationId,
      name: row.name,
      roles: row.roles,
      created_at: row.now,
      suspended_at: null,
    })
    .onConflict((conflict) => conflict.columns(['organisation_id', 'name']).doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

const people = (db: Reader) =>
  db
    .selectFrom('people as p')
    .innerJoin('organisations as o', 'o.id', 'p.organisation_id')
    .select([
      'p.id',
      'p.name',
      'p.roles',
      'p.created_at as createdAt',
      'p.suspended_at as personSuspendedAt',
      'o.id as organisationId',
      'o.name as organisation',
      'o.suspended_at as organisationSuspendedAt',
    ])

/** A person with their organisation, or undefined. */
export const findPerson = (db: Reader, id: string) =>
  people(db).where('p.id', '=', id).executeTakeFirst()
export type PersonRow = NonNullable<Awaited<ReturnType<typeof findPerson>>>

/** The person of that name in that organisation, or undefined. */
export const findPersonByName = (db: Reader, organisationId: string, name: string) =>
  people(db).where('o.id', '=', organisationId).where('p.name', '=', name).executeTakeFirst()

/** Everyone, or one person, with what they hold, by organisation and name. */
export const listPeople = (db: Reader, now: Date, only?: string) =>
  people(db)
    .$if(only !== undefined, (query) => query.where('p.id', '=', only ?? ''))
    .select((eb) => [
      eb
        .selectFrom('passkeys')
        .whereRef('passkeys.person_id', '=', 'p.id')
        .select((q) => q.fn.countAll<string>().as('n'))
        .as('passkeys'),
      eb
        .selectFrom('tokens')
        .whereRef('tokens.person_id', '=', 'p.id')
        .where('tokens.revoked_at', 'is', null)
        .where('tokens.expires_at', '>', now)
        .select((q) => q.fn.countAll<string>().as('n'))
        .as('tokens'),
      eb
        .selectFrom('enrolments')
        .whereRef('enrolments.person_id', '=', 'p.id')
        .where('enrolments.used_at', 'is', null)
        .where('enrolments.expires_at', '>', now)
        .select((q) => q.fn.max('enrolments.expires_at').as('at'))
        .as('linkExpiresAt'),
    ])
    .orderBy('o.name')
    .orderBy('p.name')
    .execute()

/** Every organisation with the number of its people, by name. */
export const listOrganisations = (db: Reader) =>
  db
    .selectFrom('organisations as o')
    .select(['o.id', 'o.name', 'o.suspended_at as suspendedAt'])
    .select((eb) =>
      eb
        .selectFrom('people')
        .whereRef('people.organisation_id', '=', 'o.id')
        .select((q) => q.fn.countAll<string>().as('n'))
        .as('people'),
    )
    .orderBy('o.name')
    .execute()

/** The people who can administer: in good standing, and with a passkey to prove themselves. */
export async function administrators(db: Reader): Promise<string[]> {
  const rows = await people(db)
    .where(sql<boolean>`'admin' = any(p.roles)`)
    .where('p.suspended_at', 'is', null)
    .where('o.suspended_at', 'is', null)
    .where((eb) =>
      eb.exists(
        eb.selectFrom('passkeys').whereRef('passkeys.person_id', '=', 'p.id').select('p.id'),
      ),
    )
    .execute()
  return rows.map(({ id }) => id)
}

/** The ids of an organisation's people. */
export async function memberIds(db: Reader, organisationId: string): Promise<string[]> {
  const rows = await db
    .selectFrom('people')
    .select('id')
    .where('organisation_id', '=', organisationId)
    .execute()
  return rows.map(({ id }) => id)
}

export const setRoles = (tx: Tx, id: string, roles: string[]) =>
  tx.updateTable('people').set({ roles }).where('id', '=', id).execute()

export const setPersonSuspended = (tx: Tx, id: string, at: Date | null) =>
  tx.updateTable('people').set({ suspended_at: at }).where('id', '=', id).execute()

/** False if there is no such organisation. */
export async function setOrganisationSuspended(tx: Tx, id: string, at: Date | null) {
  const result = await tx
    .updateTable('organisations')
    .set({ suspended_at: at })
    .where('id', '=', id)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** The newest audit entries before `before`, one more than `limit` so that one sees if there are. */
export const auditEntries = (db: Reader, limit: number, before?: string) =>
  db
    .selectFrom('audit_entries as a')
    .leftJoin('people as p', 'p.id', 'a.person_id')
    .leftJoin('organisations as o', 'o.id', 'p.organisation_id')
    .select([
      'a.seq',
      'a.created_at as at',
      'a.action',
      'a.object',
      'a.detail',
      'p.id as personId',
      'p.name as personName',
      'o.name as organisation',
    ])
    .$if(before !== undefined, (query) => query.where('a.seq', '<', before ?? ''))
    .orderBy('a.seq', 'desc')
    .limit(limit + 1)
    .execute()
