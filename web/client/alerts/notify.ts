// Notifications, from page and service worker alike.
import type { Alert } from '#src/alerts/contract-alert.ts'
import { type Words, wordsFor } from './words.ts'

/** Shown where a message came and this phone keeps no subscription, so no language either. */
const withoutWords = {
  title: 'Porchlight',
  body: 'A message came that could not be checked.',
}

/** Shows an alert; a later word on the same incident takes its place. */
export const showAlert = (
  registration: ServiceWorkerRegistration,
  words: Words,
  alert: Alert,
): Promise<void> => {
  const { title, body } = wordsFor(alert, words)
  return registration.showNotification(title, {
    body,
    tag: alert.id,
    // What replaces an alert is news as much as the alert was.
    ...{ renotify: true },
    icon: '/icon.svg',
    lang: words.lang,
    dir: words.dir,
    data: {
      path: `/${words.lang}/${alert.drill ? 'drills' : 'live'}/${encodeURIComponent(alert.id)}`,
    },
  })
}

/** Says, without a sound, why the words of a message are not shown. */
export const showInstead = (
  registration: ServiceWorkerRegistration,
  words: Words | null,
  why: keyof Words['instead'],
): Promise<void> => {
  const { title, body } = words?.instead[why] ?? withoutWords
  return registration.showNotification(title, {
    body,
    tag: 'porchlight-not-shown',
    silent: true,
    icon: '/icon.svg',
    ...(words ? { lang: words.lang, dir: words.dir } : {}),
    data: { path: words ? `/${words.lang}/live` : '/' },
  })
}
