import type { Texts } from '#web/texts.ts'

/** What a page needs to tell a time: from the city pack and the server's clock, never the phone's. */
export interface Clock {
  /** ISO time at which the page was made */
  now: string
  /** IANA name, from the city pack */
  timeZone: string
  hourCycle: 'h12' | 'h23'
  lang: string
}

const minute = 60
const hour = 60 * minute
const day = 24 * hour

/** Haitian Creole is in no table of the browsers; its readers meet French dates every day. */
const localeOf = (lang: string): string[] => (lang === 'ht' ? ['fr-HT', 'fr', 'en'] : [lang, 'en'])

/** Midnights between two moments, by the city's calendar: 1 is yesterday, -1 tomorrow. */
function nights(at: string, { now, timeZone }: Clock): number {
  // Sweden writes dates as ISO does.
  const format = new Intl.DateTimeFormat('sv-SE', { timeZone, dateStyle: 'short' })
  const date = (moment: string): number => Date.parse(format.format(new Date(moment)))
  return (date(now) - date(at)) / (day * 1000)
}

/**
 * How long ago, as people say it, or null when the date says it better (a week and more).
 * Just under a minute either way is "just now"; from a day on it counts nights, not hours.
 */
export function relativeTime(at: string, clock: Clock, t: Texts): string | null {
  const seconds = (Date.parse(at) - Date.parse(clock.now)) / 1000
  const size = Math.abs(seconds)
  if (size >= 7 * day) return null
  if (size < minute) return t('web.time.now')
  const unit = size < hour ? 'minute' : size < day ? 'hour' : 'day'
  const count =
    unit === 'day' ? -nights(at, clock) : Math.trunc(seconds / (unit === 'hour' ? hour : minute))
  if (Intl.RelativeTimeFormat.supportedLocalesOf(clock.lang).length === 0)
    return t(`web.time.${unit}s-${count < 0 ? 'ago' : 'ahead'}`, { count: Math.abs(count) })
  const numeric = unit === 'day' ? 'auto' : 'always'
  return new Intl.RelativeTimeFormat(clock.lang, { numeric }).format(count, unit)
}

/** The clock's word for it; with the day unless today or "yesterday" said it, and with another year. */
export function clockTime(at: string, clock: Clock): string {
  const moment = new Date(at)
  const past = nights(at, clock)
  const aDay = Math.abs(moment.getTime() - Date.parse(clock.now)) >= day * 1000
  const dated = past !== 0 && !(aDay && Math.abs(past) === 1)
  const year = (date: Date): string =>
    new Intl.DateTimeFormat('en', { timeZone: clock.timeZone, year: 'numeric' }).format(date)
  const format = new Intl.DateTimeFormat(localeOf(clock.lang), {
    timeZone: clock.timeZone,
    hourCycle: clock.hourCycle,
    hour: 'numeric',
    minute: '2-digit',
    ...(dated ? { day: 'numeric', month: 'long' } : {}),
    ...(dated && year(moment) !== year(new Date(clock.now)) ? { year: 'numeric' } : {}),
  })
  return format
    .formatToParts(moment)
    .map(({ type, value }) => (type === 'dayPeriod' ? value.toLocaleLowerCase(clock.lang) : value))
    .join('')
}

/** The day alone, by the city's calendar: "23 November". */
export const dayOf = (at: string, { timeZone, lang }: Clock): string =>
  new Intl.DateTimeFormat(localeOf(lang), { timeZone, day: 'numeric', month: 'long' }).format(
    new Date(at),
  )
