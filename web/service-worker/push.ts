// A message of a push service: shown once it is certain, in words made on this phone.
import { self as worker } from '$app/service-worker'
import type { Verdict } from '../client/alerts/decide.ts'
import { admit, changeSubscription, keptSubscription } from '../client/alerts/kept-alerts.ts'
import { openMessage } from '../client/alerts/message.ts'
import { showAlert, showInstead } from '../client/alerts/notify.ts'

/** Shows one notification, whatever came: browsers demand it, and say worse things otherwise. */
export async function hearPush(text: string): Promise<void> {
  const { registration } = worker
  const kept = await keptSubscription()
  if (!kept) return showInstead(registration, null, 'unchecked')
  const opened = await openMessage(text, kept.key, kept.drillKey)
  if (typeof opened === 'string') {
    if (opened === 'other-key') await changeSubscription({ otherKey: true })
    return showInstead(registration, kept, 'unchecked')
  }
  const { act, verdict } = await admit(
    'push',
    opened.alert,
    kept.origin,
    kept.drillKey !== undefined,
  )
  if (act === 'instead') return showInstead(registration, kept, insteadOf(verdict))
  await showAlert(registration, kept, opened.alert, { quietly: act === 'quietly' })
  await confirmShown(opened.alert, opened.receipt)
}

const insteadOf = (verdict: Verdict): 'unchecked' | 'known' | 'late' =>
  verdict === 'late' || verdict === 'known' ? verdict : 'unchecked'

/** Says that it was shown, and not to whom. A phone without a line says nothing. */
async function confirmShown(
  { id, revision }: { id: string; revision: number },
  receipt: string,
): Promise<void> {
  await fetch(`/api/v1/alerts/${encodeURIComponent(id)}/receipts`, {
    method: 'POST',
    credentials: 'omit',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ revision, receipt }),
  }).catch(() => undefined)
}

/** A tap on a notification opens what we say of it now; only a page of ours. */
export async function openTapped(notification: Notification): Promise<void> {
  notification.close()
  const { path } = (notification.data ?? {}) as { path?: string }
  const url = new URL(path?.startsWith('/') ? path : '/', location.origin)
  if (url.origin === location.origin) await worker.clients.openWindow(url.href)
}
