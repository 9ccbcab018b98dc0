// What stands between the pages and the line: pages that were seen open without it, and a report that
// cannot be sent is kept (web/client/offline). Desk and demonstration never pass through here.
import { self as worker } from '$app/service-worker'
import { pull } from '../client/alerts/pull.ts'
import { loseAddress, renewAddress, renewTag } from '../client/alerts/renew.ts'
import { sendReports } from '../client/offline/send-reports.ts'
import { answerAsset } from './assets.ts'
import { keepGuides } from './guide-pages.ts'
import { forgetAll, forgetOlderReleases, keepForOffline } from './kept-pages.ts'
import { answerPage, answerSending } from './pages.ts'
import { hearPush, openTapped } from './push.ts'
import { isAsset, isPage, isSending } from './which.ts'

worker.addEventListener('install', (event) => event.waitUntil(worker.skipWaiting()))
worker.addEventListener('activate', (event) =>
  event.waitUntil(Promise.all([forgetOlderReleases(), worker.clients.claim()])),
)

worker.addEventListener('fetch', (event) => {
  const { request } = event
  if (isAsset(request)) event.respondWith(answerAsset(request))
  else if (isSending(request)) event.respondWith(answerSending(request))
  else if (isPage(request)) event.respondWith(answerPage(event))
})

// The browser says that the line is back (Background Sync, where there is one).
worker.addEventListener('sync', (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string }
  if (tag === 'reports') waitUntil.call(event, sendReports())
  if (tag === renewTag) waitUntil.call(event, renewAddress(worker.registration))
})

worker.addEventListener('push', (event) => event.waitUntil(hearPush(event.data?.text() ?? '')))
// The browser took its push address away, or gave another: the server has to hear of it.
worker.addEventListener('pushsubscriptionchange', (event) =>
  (event as ExtendableEvent).waitUntil(loseAddress(worker.registration)),
)
worker.addEventListener('notificationclick', (event) =>
  event.waitUntil(openTapped(event.notification)),
)

// Now and then, in browsers that let an installed page ask while it is closed (Periodic Background Sync).
worker.addEventListener('periodicsync' as 'sync', (event) => {
  const { tag, waitUntil } = event as ExtendableEvent & { tag: string }
  if (tag === 'alerts') waitUntil.call(event, pull(worker.registration))
  if (tag === renewTag) waitUntil.call(event, renewAddress(worker.registration))
})

worker.addEventListener('message', (event) => {
  const { keep, guides, forget, heard } = event.data as {
    keep?: string
    guides?: string
    forget?: true
    heard?: string
  }
  // The demonstration's push service speaks through its page. Signature and time are asked of it as of any push.
  if (typeof heard === 'string') event.waitUntil(hearPush(heard))
  if (keep) event.waitUntil(keepForOffline(keep).catch(() => undefined))
  // A page of ours is open: what could not be told to the server without a line is told now.
  if (keep) event.waitUntil(renewAddress(worker.registration))
  if (guides) event.waitUntil(keepGuides(guides).catch(() => undefined))
  if (forget) event.waitUntil(forgetAll())
})
