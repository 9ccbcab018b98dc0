import type { Texts } from '#web/texts.ts'
import { type Clock, clockTime, relativeTime } from '#web/ui/ago.ts'

/** "3 minutes ago, 2:05 pm": a time inside a sentence. */
export function told(at: string, clock: Clock, t: Texts): string {
  const ago = relativeTime(at, clock, t)
  const absolute = clockTime(at, clock)
  return ago === null ? absolute : t('web.time.both', { ago, clock: absolute })
}

/** Words of a reader or of the data inside a sentence: their direction does not turn ours. */
export const isolated = (words: string): string => `\u2068${words}\u2069`

/** The same where no direction can be told, such as the title of a tab. */
export const plain = (words: string): string => words.replace(/[\u2066-\u2069]/g, '')

/** `en` for languages that the platform has no numbers and dates for, and French for Haitian Creole. */
const localeOf = (lang: string): string[] => (lang === 'ht' ? ['fr-HT', 'fr', 'en'] : [lang, 'en'])

/** A length as people of the city say it: "65 feet", "20 meters", "0.6 miles". */
export function distance(metres: number, units: 'imperial' | 'metric', lang: string): string {
  const [value, unit] =
    units === 'metric'
      ? metres < 1000
        ? [metres, 'meter']
        : [metres / 1000, 'kilometer']
      : metres < 800
        ? [metres * 3.2808, 'foot']
        : [metres / 1609.34, 'mile']
  return new Intl.NumberFormat(localeOf(lang), {
    style: 'unit',
    unit,
    unitDisplay: 'long',
    maximumSignificantDigits: value < 10 ? 1 : 2,
  }).format(value)
}

/** A day without a clock, such as the date of a data set: `2026-11`, `2026-11-23`. */
export function dayOf(date: string, lang: string): string {
  const [year, month, day] = date.split('-')
  return new Intl.DateTimeFormat(localeOf(lang), {
    timeZone: 'UTC',
    year: 'numeric',
    ...(month && { month: 'long' }),
    ...(day && { day: 'numeric' }),
  }).format(new Date(`${year}-${month ?? '01'}-${day ?? '01'}T12:00:00Z`))
}

/** Names in the order of the reader's language. */
export const byName =
  (lang: string) =>
  (a: { name: string }, b: { name: string }): number =>
    a.name.localeCompare(b.name, localeOf(lang))
