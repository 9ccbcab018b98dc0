import { roundDown } from '../kernel/clock.ts'
import { openWith, sealWith } from '../kernel/crypto.ts'
import { openEndpoint } from './endpoints.ts'
import { prepareKeys, readPushKeys } from './push/index.ts'
import type { AlertsRoom } from './room.ts'

/** What one-time keys are sealed to: the subscription and the slot. */
export const keyContext = (id: number, slot: number): string => `push key ${id}/${slot}`

/**
 * Takes one prepared push key of each of these subscriptions that has any, and takes it out of the
 * database first: a process that is killed with a key in its hand loses the key, and uses none twice.
 */
export async function takePreparedKeys(
  { kernel }: AlertsRoom,
  rows: readonly { id: number }[],
): Promise<Map<number, Buffer>> {
  const keys = new Map<number, Buffer>()
  if (rows.length === 0) return keys
  const taken = await kernel.db
    .deleteFrom('push_keys as k')
    .where((eb) =>
      eb.exists(
        eb
          .selectFrom(
            eb
              .selectFrom('push_keys')
              .select((s) => ['subscription_id', s.fn.min('slot').as('slot')])
              .where(
                'subscription_id',
                'in',
                rows.map(({ id }) => id),
              )
              .groupBy('subscription_id')
              .as('first'),
          )
          .select('first.slot')
          .whereRef('first.subscription_id', '=', 'k.subscription_id')
          .whereRef('first.slot', '=', 'k.slot'),
      ),
    )
    .returning(['k.subscription_id', 'k.slot', 'k.sealed_key'])
    .execute()
  for (const { subscription_id: id, slot, sealed_key } of taken) {
    const key = openWith(kernel.secrets.subscriberKey, keyContext(id, slot), sealed_key)
    if (key) keys.set(id, key)
  }
  return keys
}

/** How many subscriptions one run prepares keys for: some milliseconds of a core. */
const preparedAtOnce = 500

/**
 * Derives, when there is time, the push keys of subscriptions that have none, so that an alert costs
 * one AES-GCM a message (ADR 0014). Answers how many it made.
 */
export async function prepareKeysInTime({ kernel }: AlertsRoom): Promise<number> {
  const { db, clock, secrets } = kernel
  const rows = await db
    .selectFrom('subscriptions as s')
    .leftJoin('push_keys as k', 'k.subscription_id', 's.id')
    .select(['s.id', 's.contact_hash', 's.sealed_endpoint'])
    .where('s.channel', '=', 'webpush')
    .where('s.state', '=', 'active')
    .where('k.slot', 'is', null)
    .limit(preparedAtOnce)
    .execute()
  const made = rows.flatMap(({ id, contact_hash, sealed_endpoint }) => {
    const endpoint = openEndpoint(kernel, contact_hash, sealed_endpoint)
    if (endpoint?.channel !== 'webpush') return []
    const [key] = prepareKeys(readPushKeys(endpoint), 1)
    const sealed = key && sealWith(secrets.subscriberKey, keyContext(id, 0), key)
    return sealed
      ? [{ subscription_id: id, slot: 0, sealed_key: sealed, created_at: roundDown(clock.now()) }]
      : []
  })
  if (made.length > 0)
    await db
      .insertInto('push_keys')
      .values(made)
      .onConflict((conflict) => conflict.doNothing())
      .execute()
  return made.length
}
