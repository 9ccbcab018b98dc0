import { type Selectable, sql } from 'kysely'
import type { Db, Tx } from '../kernel/db/database.ts'
import type { Database } from '../schema.ts'
import type { Channel } from './contract.ts'

/** Every query of the room on subscriptions. */

export type SubscriptionRow = Selectable<Database['subscriptions']>

/**
 * The next version, in the order of commits: its row stays locked until this transaction ends, so
 * whoever reads by version misses nobody (targets.md 0.2).
 */
async function nextVersion(tx: Tx): Promise<string> {
  const { version } = await tx
    .updateTable('subscription_counter')
    .set({ version: sql`version + 1` })
    .where('id', '=', 1)
    .returning('version')
    .executeTakeFirstOrThrow()
  return version
}

export async function insertSubscription(
  tx: Tx,
  row: Omit<SubscriptionRow, 'id' | 'version'>,
): Promise<number> {
  const version = await nextVersion(tx)
  const { id } = await tx
    .insertInto('subscriptions')
    .values({ ...row, version })
    .returning('id')
    .executeTakeFirstOrThrow()
  return id
}

/** Changes the state of subscriptions; whoever holds them in memory learns of it. */
export async function setState(
  tx: Tx,
  ids: readonly number[],
  change: Partial<Pick<SubscriptionRow, 'state' | 'confirm_hash' | 'gone_at'>>,
): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('subscriptions')
    .set({ ...change, version: await nextVersion(tx) })
    .where('id', 'in', [...ids])
    .execute()
}

/**
 * Ends subscriptions for good. What said where it went is emptied at once; the row, which then says
 * nothing but that there was one, stays until every process has read that it ended.
 */
export async function endSubscriptions(tx: Tx, ids: readonly number[]): Promise<void> {
  if (ids.length === 0) return
  await tx
    .updateTable('subscriptions')
    .set({
      state: 'gone',
      version: await nextVersion(tx),
      capability_hash: sql`'ended ' || id`,
      sealed_endpoint: Buffer.alloc(0),
      contact_hash: '',
      confirm_hash: null,
      cells: Buffer.alloc(0),
      origin: '',
      language: '',
      wants: 0,
      quiet_from: null,
      quiet_to: null,
      gone_at: null,
      // The hour it ended, from which the row itself is counted.
      created_at: sql`date_trunc('hour', now())`,
    })
    .where('id', 'in', [...ids])
    .execute()
  await tx
    .deleteFrom('push_keys')
    .where('subscription_id', 'in', [...ids])
    .execute()
}

/** Locks the one that a capability opens, for ending it. */
export const byCapability = (tx: Tx, hash: string) =>
  tx
    .selectFrom('subscriptions')
    .select(['id', 'state'])
    .where('capability_hash', '=', hash)
    .forUpdate()
    .executeTakeFirst()

/** Everything that goes to one number or address. */
export const byAddress = (tx: Tx | Db, hash: string) =>
  tx
    .selectFrom('subscriptions')
    .select(['id', 'state', 'confirm_hash', 'created_at', 'language'])
    .where('contact_hash', '=', hash)
    .execute()

/** What sending needs of these subscriptions, of those that are active. */
export const toSend = (db: Db, ids: readonly number[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('subscriptions')
        .select(['id', 'language', 'sealed_endpoint', 'contact_hash', 'gone_at'])
        .where('id', '=', sql<number>`any(${[...ids]}::integer[])`)
        .where('state', '=', 'active')
        .execute()

/** How each of these is reached, and when not: for those who are told again. */
export async function routesOf(db: Db, ids: readonly number[]) {
  if (ids.length === 0) return []
  const rows = await db
    .selectFrom('subscriptions')
    .select(['id', 'channel', 'origin', 'wants', 'quiet_from', 'quiet_to'])
    .where('id', '=', sql<number>`any(${[...ids]}::integer[])`)
    .where('state', '=', 'active')
    .execute()
  return rows.map(({ id, channel, origin, wants, quiet_from, quiet_to }) => ({
    id,
    rank: 0,
    wants,
    quietFrom: quiet_from ?? 255,
    quietTo: quiet_to ?? 255,
    route: { channel: channel as Channel, origin },
  }))
}

/** Whether a number or address has said STOP. */
export async function isStopped(db: Db | Tx, hash: string): Promise<boolean> {
  const row = await db
    .selectFrom('stopped_contacts')
    .select('contact_hash')
    .where('contact_hash', '=', hash)
    .executeTakeFirst()
  return row !== undefined
}
