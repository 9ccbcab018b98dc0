import type { City } from '../kernel/city/index.ts'
import type { Translator } from '../kernel/i18n/index.ts'
import { asTextMessage, segmentsOf } from '../kernel/sms-segments.ts'
import { type Alert, drillMark } from './contract-alert.ts'
import { shortPlace } from './short-place.ts'

/** What words are made with: whose catalogue, whose clock. */
export interface Wording {
  translator(lang: string): Translator
  city: Pick<City, 'timeZone' | 'hourCycle' | 'name'>
}

/** Signs of a place that a text message must have room for before another is begun. */
const leastPlace = 3

/**
 * An alert as one text message: place, time, what was found, what to do, and the code that `/check`
 * takes. Where it does not fit (160 letters of GSM 7-bit, 70 of other scripts) the place is written
 * shorter; the code and what to do never are.
 */
export function shortText(wording: Wording, alert: Alert, lang: string): string {
  const t = wording.translator(lang)
  const key = alert.correction ? `correction.${alert.correction.now}` : alert.kind
  const values = {
    what: t(`alerts.what.${alert.activity}`),
    at: clock(wording, alert.kind === 'all-clear' ? alert.sentAt : seenAt(alert), lang),
    // A drill's text begins with the word for it: its mark would take the room of the place.
    code: alert.id.replace(drillMark, ''),
  }
  const withPlace = (place: string): string => {
    const text = t(`alerts.short.${key}`, { ...values, place })
    return asTextMessage(alert.drill ? t('alerts.short.drill', { text }) : text)
  }
  return withPlace(longestThatFits(alert.place, (place) => segmentsOf(withPlace(place)) === 1))
}

/** The place as it is, or as much of it as fits. */
function longestThatFits(place: string, fits: (short: string) => boolean): string {
  if (fits(place)) return place
  let [least, most] = [leastPlace, place.length]
  while (least < most) {
    const middle = Math.ceil((least + most) / 2)
    if (fits(shortPlace(place, middle))) least = middle
    else most = middle - 1
  }
  return shortPlace(place, least)
}

const seenAt = ({ seenAt: seen, sentAt }: Alert): string => seen ?? sentAt

/** Making one takes longer than all the rest of a message. */
const clocks = new Map<string, Intl.DateTimeFormat>()

function shown({ city }: Wording, iso: string, lang: string, options: object): string {
  const key = `${lang} ${city.timeZone} ${city.hourCycle} ${Object.keys(options)}`
  const { timeZone, hourCycle } = city
  const hour = { timeZone, hourCycle, hour: 'numeric', minute: '2-digit' } as const
  const format = clocks.get(key) ?? new Intl.DateTimeFormat(lang, { ...hour, ...options })
  clocks.set(key, format)
  return format.format(new Date(iso))
}

/** The hour as the city's clocks show it, in digits that every telephone has. */
const clock = (wording: Wording, iso: string, lang: string): string =>
  shown(wording, iso, lang, { numberingSystem: 'latn' })

/** The same hour with its day: a letter may be read tomorrow. */
export const moment = (wording: Wording, iso: string, lang: string): string =>
  shown(wording, iso, lang, { day: 'numeric', month: 'short' })

/** An alert where there is room for sentences. */
export interface LongWords {
  headline: string
  text: string
  instruction: string
}

/**
 * The sentences of an alert for e-mail, voice and webhook: those that our pages and feeds say of it
 * too, so that whoever compares finds the same words.
 */
export function longWords(wording: Wording, alert: Alert, lang: string): LongWords {
  const t = wording.translator(lang)
  const at = moment(wording, seenAt(alert), lang)
  const values = {
    activity: t(`openness.activity.${alert.activity}`),
    place: alert.place,
    at,
    first: at,
    updated: moment(wording, alert.sentAt, lang),
    said: at,
    was: alert.correction ? t(`openness.finding.${alert.correction.was}`) : '',
    now: alert.correction ? t(`openness.corrected-to.${alert.correction.now}`) : '',
  }
  const of = statusOf(alert)
  const headline = t(`openness.headline.${of}`, values)
  return {
    headline: alert.drill ? t('alerts.short.drill', { text: headline }) : headline,
    text: t(`openness.description.${of}`, values),
    instruction: t(`openness.instruction.${of}`),
  }
}

const statusOf = ({ kind }: Alert): string =>
  kind === 'correction' ? 'corrected' : kind === 'all-clear' ? 'ended' : 'confirmed'

/** What the city is called in a language. */
export const cityName = ({ city }: Wording, lang: string): string =>
  city.name[lang] ?? city.name.en ?? ''
