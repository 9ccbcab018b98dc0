// Notifications, from page and service worker alike.
import type { Alert } from '#src/alerts/contract-alert.ts'
import type { KeptSubscription } from './kept-alerts.ts'
import { type Words, wordsFor } from './words.ts'

/** Shown where a message came and this phone keeps no subscription, so no language and no look either. */
const withoutWords = {
  title: 'A message',
  body: 'It could not be checked, so it is not shown.',
}

/** How this phone's notifications speak and look. */
export type Look = Pick<KeptSubscription, 'words' | 'plain'>

const iconOf = (look: Pick<Look, 'plain'> | null): string =>
  look && !look.plain ? '/icon.svg' : '/icon-plain.svg'

/** Shows an alert; a later word on the same incident takes its place. `quietly`: it was shown before. */
export const showAlert = (
  registration: ServiceWorkerRegistration,
  look: Look,
  alert: Alert,
  { quietly = false } = {},
): Promise<void> => {
  const { words } = look
  const { title, body } = wordsFor(alert, words)
  return registration.showNotification(title, {
    body,
    tag: alert.id,
    // What replaces an alert is news as much as the alert was; what was heard before is none.
    ...{ renotify: !quietly },
    silent: quietly,
    icon: iconOf(look),
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
  look: Look | null,
  why: keyof Words['instead'],
): Promise<void> => {
  const words = look?.words
  const { title, body } = words?.instead[why] ?? withoutWords
  return registration.showNotification(title, {
    body,
    tag: 'porchlight-not-shown',
    silent: true,
    icon: iconOf(look),
    ...(words ? { lang: words.lang, dir: words.dir } : {}),
    data: { path: words ? `/${words.lang}/live` : '/' },
  })
}
