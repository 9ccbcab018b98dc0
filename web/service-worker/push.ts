// A message of a push service: shown once it is certain, in words made on this phone.
import { self as worker } from '$app/service-worker'
import { admit, changeSubscription, keptSubscription } from '../client/alerts/kept-alerts.ts'
import { openMessage } from '../client/alerts/message.ts'
import { showAlert, showInstead } from '../client/alerts/notify.ts'

/** Shows one notification, whatever came: browsers demand it, and say worse things otherwise. */
export async function hearPush(data: PushMessageData | null): Promise<void> {
  const { registration } = worker
  const kept = await keptSubscription()
  if (!kept) return showInstead(registration, null, 'unchecked')
  const opened = await openMessage(data?.text() ?? '', kept.key, kept.drillKey)
  if (typeof opened === 'string') {
    if (opened === 'other-key') await changeSubscription({ otherKey: true })
    return showInstead(registration, kept.words, 'unchecked')
  }
  const { verdict } = await admit(opened.alert, kept.origin, kept.drillKey !== undefined)
  if (verdict !== 'show')
    return showInstead(registration, kept.words, verdict === 'foreign' ? 'unchecked' : verdict)
  await showAlert(registration, kept.words, opened.alert)
  await confirmShown(opened.alert, opened.receipt)
}

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
