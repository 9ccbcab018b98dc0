// What the open page hears of itself is shown as a push would be, and counts as shown for the push that comes after.
import type { Alert } from '#src/alerts/contract-alert.ts'
import type { Way } from './decide.ts'
import { admit, type KeptSubscription } from './kept-alerts.ts'
import { showAlert } from './notify.ts'

/** Shows a word of the feed or the stream, whose signature holds and which is near, unless it was shown before. */
export async function tell(
  way: Exclude<Way, 'push'>,
  registration: ServiceWorkerRegistration,
  kept: KeptSubscription,
  alert: Alert,
): Promise<void> {
  const { act } = await admit(way, alert, kept.origin)
  if (act !== 'aloud') return
  // Not allowed to show notifications: the page shows it.
  await showAlert(registration, kept, alert).catch(() => undefined)
}
