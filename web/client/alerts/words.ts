// Says an alert's facts in its person's own words, from sentences kept since they subscribed.
import type { Alert } from '#src/alerts/contract-alert.ts'

/** Sentences with `{place}` and the like in them (`/{lang}/alerts/words`). */
export interface Words {
  lang: string
  dir: 'ltr' | 'rtl'
  timeZone: string
  hourCycle: 'h12' | 'h23'
  headline: { confirmed: string; 'all-clear': string; correction: string }
  body: { confirmed: string; 'all-clear': string; correction: string }
  activity: Record<string, string>
  was: Record<string, string>
  now: Record<string, string>
  /** Of a message whose words are not shown. */
  /** Said before a drill; a phone that subscribed earlier has none. */
  drill?: string
  instead: Record<'unchecked' | 'known' | 'late', { title: string; body: string }>
}

/** Title and text of a notification. */
export function wordsFor(alert: Alert, words: Words): { title: string; body: string } {
  const kind = alert.kind === 'update' ? 'confirmed' : alert.kind
  const { correction } = alert
  const values: Record<string, string> = {
    activity: words.activity[alert.activity] ?? words.activity.other ?? '',
    place: isolated(alert.place),
    at: clock(alert.seenAt ?? alert.sentAt, words),
    id: isolated(alert.id),
    was: words.was[correction?.was ?? ''] ?? words.was.confirmed ?? '',
    now: words.now[correction?.now ?? ''] ?? words.now.withdrawn ?? '',
  }
  const headline = filled(words.headline[kind], values)
  const title = alert.drill
    ? filled(words.drill ?? 'DRILL, not real: {text}', { text: headline })
    : headline
  return { title, body: filled(words.body[kind], values) }
}

const filled = (sentence: string, values: Record<string, string>): string =>
  sentence.replace(/\{([a-z]{1,20})\}/g, (slot, name: string) => values[name] ?? slot)

/** A name in other letters keeps its own direction inside a sentence. */
const isolated = (text: string): string => `\u2068${text}\u2069`

const clock = (at: string, { lang, timeZone, hourCycle }: Words): string =>
  // Haitian Creole is in no table of the browsers.
  new Intl.DateTimeFormat(lang === 'ht' ? ['fr-HT', 'fr', 'en'] : [lang, 'en'], {
    hour: 'numeric',
    minute: '2-digit',
    timeZone,
    hourCycle,
  }).format(new Date(at))
