// The open page's live stream carries signed alerts too: what is near this phone's places is shown at once, and then
// neither the push nor the feed shows it a second time.
import { hasStore, keptSubscription } from './kept-alerts.ts'
import { openMessage } from './message.ts'
import { nearOf } from './pull.ts'
import { tell } from './tell.ts'

/** What the stream's event `alert` carries (src/openness/stream-entries.ts). */
interface Signed {
  keyId: string
  signature: string
  document: string
}

/**
 * Takes the data of one event `alert`. Without a subscription on this phone, with a signature that does not hold, or
 * of another place, nothing happens. Answers whether it was of this phone's places.
 */
export async function hearSigned(data: string): Promise<boolean> {
  if (!(await hasStore())) return false
  const kept = await keptSubscription()
  const registration = kept && (await navigator.serviceWorker?.ready)
  if (!kept || !registration) return false
  const { keyId, signature, document } = JSON.parse(data) as Signed
  // A push message without a receipt: only what was sent to one browser has one.
  const opened = await openMessage(`${signature}.${keyId}..${document}`, kept.key)
  if (typeof opened === 'string' || nearOf([opened.alert], kept).length === 0) return false
  await tell('stream', registration, kept, opened.alert)
  return true
}
