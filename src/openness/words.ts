import type { PublicIncident } from '../incidents/index.ts'
import type { Publication } from './contract.ts'
import type { OpennessRoom } from './room.ts'

/** What the feeds say of an incident in one language. */
export interface Words {
  headline: string
  description: string
  instruction: string
}

/** A clock time as the city says it, in the language of the reader. */
export function clockTime({ kernel: { city } }: OpennessRoom, iso: string, lang: string): string {
  return new Intl.DateTimeFormat(lang, {
    timeZone: city.timeZone,
    hourCycle: city.hourCycle,
    hour: 'numeric',
    minute: '2-digit',
    day: 'numeric',
    month: 'short',
  }).format(new Date(iso))
}

const dayOnly = ({ kernel: { city } }: OpennessRoom, iso: string, lang: string): string =>
  new Intl.DateTimeFormat(lang, { timeZone: city.timeZone, day: 'numeric', month: 'short' }).format(
    new Date(iso),
  )

/** The sentences of an incident: what, where, since when, what to do. Structured facts only. */
export function wordsOf(room: OpennessRoom, incident: PublicIncident, lang: string): Words {
  const t = room.translator(lang)
  const values = {
    activity: t(`openness.activity.${incident.activity}`),
    place: incident.placeLabel,
    // What has expired is told as a day (design 5.5).
    at: (incident.status === 'expired' ? dayOnly : clockTime)(room, incident.confirmedAt, lang),
    first: clockTime(room, incident.publishedAt, lang),
    updated: clockTime(room, incident.updatedAt, lang),
  }
  if (incident.correction) {
    const { was, now, saidAt } = incident.correction
    const correction = {
      ...values,
      was: t(`openness.finding.${was}`),
      now: t(`openness.corrected-to.${now}`),
      said: clockTime(room, saidAt, lang),
    }
    return {
      headline: t('openness.headline.corrected', correction),
      description: t('openness.description.corrected', correction),
      instruction: t('openness.instruction.corrected'),
    }
  }
  return {
    headline: t(`openness.headline.${incident.status}`, values),
    description: t(`openness.description.${incident.status}`, values),
    instruction: t(`openness.instruction.${incident.status}`),
  }
}

/** Where people read about an incident. */
export const incidentUrl = (
  room: OpennessRoom,
  { incidentId }: Publication,
  lang: string,
): string => `${room.origin}/${lang}/live/${incidentId}`

/** Characters that XML 1.0 cannot hold. */
const notXml = /[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu
/** Text as XML can hold it. */
export const xmlText = (text: string): string => text.replace(notXml, '')
