// Browsers give up a push address by themselves and take another. Whoever asked to be told goes on being told: the
// phone subscribes anew with what it keeps, then ends the old subscription, and tries again while there is no line.
import type { StoredSubscription } from '#src/alerts/contract.ts'
import { endAtServer, post } from './ask-server.ts'
import {
  changeSubscription,
  hasStore,
  type KeptSubscription,
  keptSubscription,
  swapAddress,
} from './kept-alerts.ts'
import { browserSource, type PushSource } from './push-address.ts'

/** The name under which the browser says that the line is back (Background Sync, where there is one). */
export const renewTag = 'alerts-address'

/** The browser says that the address it had is no more. */
export async function loseAddress(registration: ServiceWorkerRegistration): Promise<void> {
  await changeSubscription({ renew: true })
  await renewAddress(registration)
}

/**
 * Where this browser's address is not the one that the server knows, subscribes anew and ends what was before. A page
 * brings the source and has it asked whether the address still holds; the worker acts on what is known to be lost. What
 * cannot be done now is kept, and done when the line is back or a page of ours is opened. Never throws.
 */
export async function renewAddress(
  registration: ServiceWorkerRegistration,
  source?: PushSource,
): Promise<void> {
  try {
    if (!(await hasStore())) return
    // Page and worker do it alike, one at a time: two new subscriptions of one address end each other.
    await navigator.locks.request('porchlight-alerts-address', async () => {
      const kept = await keptSubscription()
      // The demonstration's address is its page's own: the worker must not ask the browser's maker for another.
      if (!kept || (kept.byPage && !source)) return
      const from = source ?? browserSource(registration)
      const lost = source ? await isLost(kept, from) : kept.renew
      if (kept.mode === 'push' && lost) await replaceAddress(kept, from)
      await endEarlier()
    })
  } catch {
    await tryAgain(registration)
  }
}

async function isLost(kept: KeptSubscription, source: PushSource): Promise<boolean> {
  const now = await source.endpoint()
  if (kept.renew || now === null) return true
  return kept.endpoint !== undefined && kept.endpoint !== now
}

async function replaceAddress(kept: KeptSubscription, source: PushSource): Promise<void> {
  const { stored, vapid, places, capability: before } = kept
  // Kept by an older release, which did not write the key down: the page knows it.
  if (!stored || !vapid) return
  // Told first: should this end halfway, the next attempt does it again and nothing is lost.
  await changeSubscription({ renew: true })
  const webpush = await source.ask(vapid)
  const own = [...new Set(places.flatMap(({ cells }) => cells))]
  const { language, wants, quiet } = stored
  const cells = own.length > 0 ? own : stored.cells
  const made = await post<{ capability: string; stored: StoredSubscription }>(
    '/api/v1/subscriptions',
    { channel: 'webpush', language, cells, wants, quiet, webpush },
  )
  const { endpoint } = webpush
  const swapped = await swapAddress(before, { ...made, endpoint, renew: false })
  // Its owner turned alerts off meanwhile: what was just made must not stay on without anybody who could end it.
  if (!swapped) await endAtServer(made.capability)
}

async function endEarlier(): Promise<void> {
  const earlier = (await keptSubscription())?.ended ?? []
  for (const capability of earlier) await endAtServer(capability)
  if (earlier.length > 0) await changeSubscription({ ended: [] })
}

async function tryAgain(registration: ServiceWorkerRegistration): Promise<void> {
  const { sync } = registration as { sync?: { register(tag: string): Promise<void> } }
  await sync?.register(renewTag).catch(() => undefined)
}
