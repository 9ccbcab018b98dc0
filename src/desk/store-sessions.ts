import type { Db, Tx } from '../kernel/db/database.ts'

/** Every query of the room on sessions and bearer tokens. Both are kept as hashes only. */

type Reader = Db | Tx

const holder = [
  'p.id as personId',
  'p.name',
  'p.roles',
  'p.suspended_at as personSuspendedAt',
  'o.id as organisationId',
  'o.name as organisation',
  'o.suspended_at as organisationSuspendedAt',
] as const

interface SessionRow {
  hash: string
  personId: string
  now: Date
  expiresAt: Date
  steppedUpAt: Date | null
}

export const insertSession = (tx: Tx, row: SessionRow) =>
  tx
    .insertInto('sessions')
    .values({
      token_hash: row.hash,
      person_id: row.personId,
      created_at: row.now,
      expires_at: row.expiresAt,
      last_seen_at: row.now,
      stepped_up_at: row.steppedUpAt,
    })
    .execute()

/** The session of that hash with its person, or undefined; whether it lives is a rule's business. */
export const findSession = (db: Reader, hash: string) =>
  db
    .selectFrom('sessions as s')
    .innerJoin('people as p', 'p.id', 's.person_id')
    .innerJoin('organisations as o', 'o.id', 'p.organisation_id')
    .select([
      ...holder,
      's.created_at as createdAt',
      's.expires_at as expiresAt',
      's.last_seen_at as lastSeenAt',
      's.stepped_up_at as steppedUpAt',
    ])
    .where('s.token_hash', '=', hash)
    .executeTakeFirst()

export const setSeen = (db: Reader, hash: string, now: Date) =>
  db.updateTable('sessions').set({ last_seen_at: now }).where('token_hash', '=', hash).execute()

/** False if the session has ended meanwhile. */
export async function setSteppedUp(tx: Tx, hash: string, now: Date): Promise<boolean> {
  const result = await tx
    .updateTable('sessions')
    .set({ stepped_up_at: now, last_seen_at: now })
    .where('token_hash', '=', hash)
    .executeTakeFirst()
  return result.numUpdatedRows > 0n
}

/** Ends one session; answers whose it was. */
export async function deleteSession(tx: Tx, hash: string): Promise<string | null> {
  const row = await tx
    .deleteFrom('sessions')
    .where('token_hash', '=', hash)
    .returning('person_id')
    .executeTakeFirst()
  return row?.person_id ?? null
}

/** Ends every session of these people, but for the one kept. */
export const deleteSessionsOf = (tx: Tx, personIds: readonly string[], keepHash = '') =>
  tx
    .deleteFrom('sessions')
    .where('person_id', 'in', personIds)
    .where('token_hash', '!=', keepHash)
    .execute()

interface TokenRow {
  hash: string
  personId: string
  role: string
  now: Date
  expiresAt: Date
}

export const insertToken = (tx: Tx, row: TokenRow) =>
  tx
    .insertInto('tokens')
    .values({
      token_hash: row.hash,
      person_id: row.personId,
      role: row.role,
      created_at: row.now,
      expires_at: row.expiresAt,
      revoked_at: null,
    })
    .execute()

/** The token of that hash with its person, or undefined; whether it lives is a rule's business. */
export const findToken = (db: Reader, hash: string) =>
  db
    .selectFrom('tokens as t')
    .innerJoin('people as p', 'p.id', 't.person_id')
    .innerJoin('organisations as o', 'o.id', 'p.organisation_id')
    .select([...holder, 't.role', 't.expires_at as expiresAt', 't.revoked_at as revokedAt'])
    .where('t.token_hash', '=', hash)
    .executeTakeFirst()

/** Revokes the live tokens of these people; answers how many. */
export async function revokeTokensOf(
  tx: Tx,
  personIds: readonly string[],
  now: Date,
): Promise<number> {
  const result = await tx
    .updateTable('tokens')
    .set({ revoked_at: now })
    .where('person_id', 'in', personIds)
    .where('revoked_at', 'is', null)
    .executeTakeFirst()
  return Number(result.numUpdatedRows)
}
