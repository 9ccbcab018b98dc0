import type { Tx } from '../kernel/db/database.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { lockContact } from './deliver/unless-stopped.ts'
import { addressHash } from './endpoints.ts'
import { readNumber } from './read-number.ts'
import { byAddress, endSubscriptions, isStopped, setState } from './store-subscriptions.ts'

type Given = Pick<Kernel, 'city' | 'secrets' | 'clock'>

/** The hash of who wrote to us; null for what is no telephone number, to which nothing is sent either. */
function hashOf(given: Given, from: string): string | null {
  const number = readNumber(from, given.city.country)
  return number === null ? null : addressHash(given, 'sms', number)
}

/**
 * A number said STOP: all its subscriptions end, and nothing is sent to it again until it says START.
 * Waits for a message that is being handed over; when this commits, none follows.
 */
export async function stopNumber(given: Given, tx: Tx, from: string): Promise<void> {
  const hash = hashOf(given, from)
  if (hash === null) return
  await lockContact(tx, hash)
  await tx
    .insertInto('stopped_contacts')
    .values({ contact_hash: hash, created_at: given.clock.now() })
    .onConflict((conflict) => conflict.doNothing())
    .execute()
  await endSubscriptions(
    tx,
    (await byAddress(tx, hash)).map(({ id }) => id),
  )
}

/** A number said START: it may ask for alerts again. What it had does not come back. */
export async function startNumber(given: Given, tx: Tx, from: string): Promise<void> {
  const hash = hashOf(given, from)
  if (hash === null) return
  await lockContact(tx, hash)
  await tx.deleteFrom('stopped_contacts').where('contact_hash', '=', hash).execute()
}

/** A number said YES: what waits for its word begins, and takes the place of what it had before. */
export async function confirmNumber(given: Given, tx: Tx, from: string): Promise<void> {
  const hash = hashOf(given, from)
  if (hash === null) return
  await lockContact(tx, hash)
  if (await isStopped(tx, hash)) return
  const rows = await byAddress(tx, hash)
  const of = (state: 'pending' | 'active'): number[] =>
    rows.filter((row) => row.state === state).map(({ id }) => id)
  if (of('pending').length === 0) return
  await endSubscriptions(tx, of('active'))
  await setState(tx, of('pending'), { state: 'active', confirm_hash: null })
}
