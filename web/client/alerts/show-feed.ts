// What is near, and how old that knowledge is, while the page is open.
import type { Alert } from '#src/alerts/contract-alert.ts'
import { hearSigned } from './hear-stream.ts'
import type { KeptSubscription } from './kept-alerts.ts'
import { part, show, word } from './parts.ts'
import { type Pulled, pull } from './pull.ts'
import { wordsFor } from './words.ts'

const everyMilliseconds = 60_000
/** After this silence is no all-clear. */
const staleMilliseconds = 120_000
/** The feed says that it may be kept for five seconds. */
const feedCachedMilliseconds = 6_000
/** How often the age is said anew. */
const tickMilliseconds = 5_000

let stop = (): void => {}
/** It brings a word near this phone's places at once; the list follows when no cache holds the feed before it. */
const stream = '/api/v1/stream'

/** Asks now and every minute; called again it begins anew. */
export function followFeed(kept: KeptSubscription): void {
  stop()
  let verifiedAt = kept.verifiedAt ?? 0
  const ask = async (): Promise<void> => {
    const worker = await navigator.serviceWorker?.ready
    const pulled = worker && (await pull(worker))
    if (pulled) verifiedAt = draw(pulled, kept)
    age(verifiedAt)
  }
  const asking = setInterval(() => void ask(), everyMilliseconds)
  const ticking = setInterval(() => age(verifiedAt), tickMilliseconds)
  // A phone that slept knows nothing of what was meanwhile.
  const wake = (): void => {
    age(verifiedAt)
    if (!document.hidden) void ask()
  }
  document.addEventListener('visibilitychange', wake)
  const source = 'EventSource' in window ? new EventSource(stream) : null
  source?.addEventListener('alert', ({ data }: MessageEvent<string>) => {
    void hearSigned(data).then((near) => {
      if (near) setTimeout(() => void ask(), feedCachedMilliseconds)
    })
  })
  stop = () => {
    clearInterval(asking)
    clearInterval(ticking)
    document.removeEventListener('visibilitychange', wake)
    source?.close()
  }
  addEventListener('pagehide', () => source?.close(), { once: true })
  show('feed', true)
  age(verifiedAt)
  void ask()
}

export const unfollowFeed = (): void => {
  stop()
  show('feed', false)
}

function draw({ near, verifiedAt }: Pulled, { words }: KeptSubscription): number {
  part('feed-list').replaceChildren(
    ...near.map((alert: Alert) => {
      const item = document.createElement('li')
      item.className = 'panel'
      const link = document.createElement('a')
      const { title, body } = wordsFor(alert, words)
      link.href = `/${words.lang}/live/${encodeURIComponent(alert.id)}`
      link.textContent = title
      const text = document.createElement('p')
      text.textContent = body
      item.append(link, text)
      item.lang = words.lang
      item.dir = words.dir
      return item
    }),
  )
  show('feed-none', near.length === 0)
  return verifiedAt
}

/** "The city's feed was last checked 40 seconds ago"; marked by itself when that is too long. */
function age(verifiedAt: number): void {
  const line = part('feed-age')
  const milliseconds = Math.max(0, Date.now() - verifiedAt)
  const isStale = milliseconds > staleMilliseconds
  line.toggleAttribute('data-stale', isStale)
  const text =
    verifiedAt === 0
      ? word('feed-never')
      : word(isStale ? 'feed-stale' : 'feed-fresh', { ago: ago(milliseconds) })
  if (line.textContent !== text) line.textContent = text
}

function ago(milliseconds: number): string {
  const { lang } = document.documentElement
  const format = new Intl.RelativeTimeFormat(lang === 'ht' ? ['fr-HT', 'fr', 'en'] : [lang, 'en'])
  const seconds = Math.round(milliseconds / 1000)
  if (seconds < 120) return format.format(-seconds, 'second')
  if (seconds < 7200) return format.format(-Math.round(seconds / 60), 'minute')
  return format.format(-Math.round(seconds / 3600), 'hour')
}
