import { sql } from 'kysely'
import type { Db, Tx } from '../../kernel/db/database.ts'
import { isStopped } from '../store-subscriptions.ts'

/** Of one number or address: whoever sends shares it, whoever stops has it alone. */
const lockShared = (tx: Tx, hash: string) =>
  sql`select pg_advisory_xact_lock_shared(hashtextextended(${`contact ${hash}`}, 0))`.execute(tx)

/** Waits until no message to this number or address is being handed over, and lets none begin. */
export const lockContact = (tx: Tx, hash: string) =>
  sql`select pg_advisory_xact_lock(hashtextextended(${`contact ${hash}`}, 0))`.execute(tx)

/**
 * Does `act` only while the subscription is in this state and its number or address has not said
 * STOP, and keeps a STOP from being committed until `act` has ended. So a STOP that was committed is
 * followed by no message, however both fall together (security.md S7). Null where it may not be done.
 * `act` holds a connection and locks meanwhile: it must end by itself, within seconds.
 */
export const unlessStopped = <T>(
  db: Db,
  { id, hash, state }: { id: number; hash: string; state: 'active' | 'pending' },
  act: (tx: Tx) => Promise<T>,
): Promise<T | null> =>
  db.transaction().execute(async (tx) => {
    await lockShared(tx, hash)
    const row = await tx
      .selectFrom('subscriptions')
      .select('id')
      .where('id', '=', id)
      .where('state', '=', state)
      .where('contact_hash', '=', hash)
      .forShare()
      .executeTakeFirst()
    return row && !(await isStopped(tx, hash)) ? act(tx) : null
  })
