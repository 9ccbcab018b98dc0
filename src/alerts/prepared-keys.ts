import { openWith } from '../kernel/crypto.ts'
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
    .returning(['k.subscription_id', 'k.slot', 'k.sealed'])
    .execute()
  for (const { subscription_id: id, slot, sealed } of taken) {
    const key = openWith(kernel.secrets.subscriberKey, keyContext(id, slot), sealed)
    if (key) keys.set(id, key)
  }
  return keys
}
