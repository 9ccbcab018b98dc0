import { sql } from 'kysely'
import type { Db, Tx } from '../kernel/db/database.ts'

/** Every query of the room on passkeys, their challenges and enrolment links. */

type Reader = Db | Tx

// passkeys ------------------------------------------------------------------------------------

interface NewPasskeyRow {
  id: string
  personId: string
  publicKey: Uint8Array
  counter: number
  transports: string[]
  now: Date
}

/** False if the credential is already known: nobody may claim another's. */
export async function insertPasskey(tx: Tx, row: NewPasskeyRow): Promise<boolean> {
  const result = await tx
    .insertInto('passkeys')
    .values({
      credential_id: row.id,
      person_id: row.personId,
      public_key: Buffer.from(row.publicKey),
      counter: String(row.counter),
      transports: row.transports,
      created_at: row.now,
    })
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** A passkey by its credential's id. */
export const passkeyById = (db: Reader, id: string) =>
  db
    .selectFrom('passkeys')
    .select(['person_id', 'public_key'])
    .where('credential_id', '=', id)
    .executeTakeFirst()

/** The passkey, locked: of two proofs by copies of one key the second sees the first's counter. */
export const lockPasskey = (tx: Tx, id: string) =>
  tx
    .selectFrom('passkeys')
    .selectAll()
    .where('credential_id', '=', id)
    .forUpdate()
    .executeTakeFirst()

export const setCounter = (tx: Tx, id: string, counter: number) =>
  tx
    .updateTable('passkeys')
    .set({ counter: String(counter) })
    .where('credential_id', '=', id)
    .execute()

export const passkeysOf = (db: Reader, personId: string) =>
  db
    .selectFrom('passkeys')
    .select(['credential_id as id', 'transports', 'created_at as createdAt'])
    .where('person_id', '=', personId)
    .orderBy('created_at')
    .execute()

/** Every passkey's id and whose it is, or one person's. */
export const keysAndOwners = (db: Reader, only?: string) =>
  db
    .selectFrom('passkeys')
    .select(['credential_id as id', 'person_id as personId'])
    .$if(only !== undefined, (query) => query.where('person_id', '=', only ?? ''))
    .execute()

/** Removes one passkey of a person, or all; answers how many went. */
export async function deletePasskeys(tx: Tx, personId: string, only?: string): Promise<number> {
  const result = await tx
    .deleteFrom('passkeys')
    .where('person_id', '=', personId)
    .$if(only !== undefined, (query) => query.where('credential_id', '=', only ?? ''))
    .executeTakeFirst()
  return Number(result.numDeletedRows)
}

// challenges ----------------------------------------------------------------------------------

export type ChallengePurpose = 'enrol' | 'sign-in' | 'step-up' | 'approve'

interface ChallengeRow {
  id: string
  challenge: string
  purpose: ChallengePurpose
  personId: string | null
  now: Date
  expiresAt: Date
}

const expiredAtOnce = 100

/** Keeps a challenge, and forgets those whose time is over: strangers may ask for many. */
export async function insertChallenge(tx: Tx | Db, row: ChallengeRow): Promise<void> {
  await tx
    .deleteFrom('challenges')
    .where('id', 'in', (eb) =>
      eb
        .selectFrom('challenges')
        .select('id')
        .where('expires_at', '<=', row.now)
        .limit(expiredAtOnce)
        // Two who clean up at once must not wait for each other.
        .forUpdate()
        .skipLocked(),
    )
    .execute()
  await tx
    .insertInto('challenges')
    .values({
      id: row.id,
      challenge: row.challenge,
      purpose: row.purpose,
      person_id: row.personId,
      expires_at: row.expiresAt,
      created_at: row.now,
    })
    .execute()
}

/** Takes a challenge away for good: true once, for the purpose and person it was made for. */
export async function takeChallenge(
  tx: Tx,
  row: Pick<ChallengeRow, 'challenge' | 'purpose' | 'personId' | 'now'>,
): Promise<boolean> {
  const result = await tx
    .deleteFrom('challenges')
    .where('challenge', '=', row.challenge)
    .where('purpose', '=', row.purpose)
    .where(sql<boolean>`person_id is not distinct from ${row.personId}::uuid`)
    .where('expires_at', '>', row.now)
    .executeTakeFirst()
  return result.numDeletedRows > 0n
}

// enrolment links -----------------------------------------------------------------------------

export const insertEnrolment = (
  tx: Tx,
  row: { hash: string; personId: string; expiresAt: Date; now: Date },
) =>
  tx
    .insertInto('enrolments')
    .values({
      token_hash: row.hash,
      person_id: row.personId,
      expires_at: row.expiresAt,
      used_at: null,
      created_at: row.now,
    })
    .execute()

/** Cancels a person's unused links. */
export const deleteOpenEnrolments = (tx: Tx, personId: string) =>
  tx
    .deleteFrom('enrolments')
    .where('person_id', '=', personId)
    .where('used_at', 'is', null)
    .execute()

const enrolments = (db: Reader, hash: string) =>
  db
    .selectFrom('enrolments as e')
    .innerJoin('people as p', 'p.id', 'e.person_id')
    .innerJoin('organisations as o', 'o.id', 'p.organisation_id')
    .select([
      'e.expires_at as expiresAt',
      'e.used_at as usedAt',
      'p.id as personId',
      'p.name',
      'p.suspended_at as personSuspendedAt',
      'o.name as organisation',
      'o.suspended_at as organisationSuspendedAt',
    ])
    .where('e.token_hash', '=', hash)

export const findEnrolment = (db: Reader, hash: string) => enrolments(db, hash).executeTakeFirst()

/** The link, locked: of two who use it at once the second sees that it was used. */
export const lockEnrolment = (tx: Tx, hash: string) =>
  enrolments(tx, hash).forUpdate('e').executeTakeFirst()

export const useEnrolment = (tx: Tx, hash: string, now: Date) =>
  tx.updateTable('enrolments').set({ used_at: now }).where('token_hash', '=', hash).execute()
