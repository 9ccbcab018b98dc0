// Turns alerts on and off: at the browser, at the server, and in what this phone keeps.
import type { StoredSubscription } from '#src/alerts/contract.ts'
import { endAtServer, post, Refused } from './ask-server.ts'
import {
  forgetSubscription,
  type KeptSubscription,
  keepSubscription,
  keptSubscription,
} from './kept-alerts.ts'
import { plainLook } from './look.ts'
import { type AlertKey, canCheck } from './message.ts'
import { root } from './parts.ts'
import { browserSource, type PushSource } from './push-address.ts'
import type { Wish } from './wish.ts'
import type { Words } from './words.ts'

interface Made {
  capability: string | null
  stored: StoredSubscription
}

/** Turns alerts on; null where its owner must first say yes elsewhere. Throws Refused. */
export async function subscribe({
  way,
  places,
  asked,
  address,
}: Wish): Promise<KeptSubscription | null> {
  if (way === 'sms' || way === 'email') {
    await post<Made>('/api/v1/subscriptions', { channel: way, ...asked, ...address })
    return null
  }
  const before = await keptSubscription()
  // Asked first, while the press of the button still counts.
  await allowed(way)
  const [{ alert: key, drill }, words] = await Promise.all([keys(), wordsOf(asked.language)])
  // What it cannot check it would never show.
  if (!(await canCheck(key))) throw new Refused('unable')
  const vapid = root?.dataset.vapid ?? ''
  const push = way === 'webpush' ? await (await pushSource()).ask(vapid) : null
  const made = push
    ? await post<Made>('/api/v1/subscriptions', { channel: 'webpush', ...asked, webpush: push })
    : null
  const kept: KeptSubscription = {
    mode: push ? 'push' : 'pull',
    capability: made?.capability ?? null,
    places,
    stored: made?.stored ?? null,
    origin: root?.dataset.origin ?? '',
    key,
    ...(asked.wants.includes('drills') ? { drillKey: drill } : {}),
    otherKey: false,
    words,
    plain: plainLook(),
    ended: before?.ended ?? [],
    ...(push ? { vapid, endpoint: push.endpoint, byPage: isDemo() } : {}),
  }
  await keepSubscription(kept)
  await askNowAndThen(!push)
  if (before?.capability && !push) await endAtServer(before.capability)
  return kept
}

/** Turns alerts off everywhere. Throws Refused where the server could not be told: then they are still on. */
export async function unsubscribe({ capability, ended = [] }: KeptSubscription): Promise<void> {
  for (const each of [...(capability ? [capability] : []), ...ended]) await endAtServer(each)
  if (await navigator.serviceWorker?.ready) await (await pushSource()).drop()
  await askNowAndThen(false)
  await forgetSubscription()
}

interface Periodic {
  register(tag: string, options: { minInterval: number }): Promise<void>
  unregister(tag: string): Promise<void>
}
/** As often as browsers allow at most; they decide. */
const askEveryMilliseconds = 15 * 60_000

/** Has the service worker ask while no page is open, where the browser lets it. */
async function askNowAndThen(wanted: boolean): Promise<void> {
  const worker = await navigator.serviceWorker?.ready
  const { periodicSync } = (worker ?? {}) as { periodicSync?: Periodic }
  const done = wanted
    ? periodicSync?.register('alerts', { minInterval: askEveryMilliseconds })
    : periodicSync?.unregister('alerts')
  // It is a help, not a promise: most browsers refuse it to a page that is not installed.
  await done?.catch(() => undefined)
}

/** A browser that asks by itself may do so without notifications: the page shows what there is. */
async function allowed(way: 'webpush' | 'pull'): Promise<void> {
  if (!('Notification' in window)) {
    if (way === 'webpush') throw new Refused('unable')
    return
  }
  const answer = await Notification.requestPermission()
  if (answer !== 'granted' && way === 'webpush') throw new Refused('refused')
}

const isDemo = (): boolean => root?.hasAttribute('data-demo') ?? false

/** What gives this browser its push address: in the demonstration its own push service, so that nothing leaves the machine. */
export async function pushSource(): Promise<PushSource> {
  if (isDemo()) return (await import('./demo-push.ts')).demoSource
  const worker = await navigator.serviceWorker?.ready
  if (!worker) throw new Refused('unable')
  return browserSource(worker)
}

/** The deployment's key of today. Throws Refused. */
export const alertKey = async (): Promise<AlertKey> => (await keys()).alert

const keys = (): Promise<{ alert: AlertKey; drill: AlertKey }> =>
  read('/.well-known/porchlight-alert-keys.json')

const wordsOf = (lang: string): Promise<Words> => read(`/${lang}/alerts/words`)

async function read<Answer>(path: string): Promise<Answer> {
  const answer = await fetch(path, { credentials: 'omit' }).catch(() => null)
  if (!answer?.ok) throw new Refused('unexpected')
  return answer.json()
}
