import type { PublicIncident } from '#src/incidents/contract.ts'
import type { City } from '#src/kernel/city/contract.ts'
import type { Clock } from '#web/ui/ago.ts'
import type { Finding } from '#web/ui/FindingMark.svelte'

type App = App.Locals['app']

/** Where an incident is, as exactly as may be shown: `corner` is null where no corner may be. */
export interface PlaceParts {
  precision: PublicIncident['precision']
  corner: string | null
  area: string
}

/** What a card shows of an incident, in one language. */
export interface Card {
  id: string
  finding: Finding
  activity: string
  place: PlaceParts
  /** What turned out, in a sentence; what is going on is told from the activity. */
  description: string
  seenAt: string
  checkedAt: string | undefined
  /** When a finding that stands runs out; undefined for what is over. */
  until: string | undefined
}

/** How the city tells the time, as of `now`. */
export const clockOf = ({ city }: App, now: string, lang: string): Clock => ({
  now,
  timeZone: city.timeZone,
  hourCycle: city.hourCycle,
  lang,
})

/** The city's name in a language. */
export const cityName = (city: City, lang: string): string =>
  city.name[lang] ?? city.name.en ?? city.id

/** An area's name in a language, or null if there is no such area. */
export function areaName(city: City, id: string, lang: string): string | null {
  const area = city.areaById(id)
  return area ? (area.label[lang] ?? area.name) : null
}

/** The neighbourhood an incident is in, in a language; null where the city has none there. */
export function neighbourhoodOf(
  city: City,
  { areaIds }: Pick<PublicIncident, 'areaIds'>,
  lang: string,
): string | null {
  const id = areaIds.find((area) => city.areaById(area)?.kind === 'neighbourhood')
  return id ? areaName(city, id, lang) : null
}

/** The parts of a public place: a corner stays as the street signs write it. */
export function placeOf(city: City, incident: PublicIncident, lang: string): PlaceParts {
  const area = neighbourhoodOf(city, incident, lang) ?? incident.placeLabel
  const corner = incident.precision === 'corner' ? incident.placeLabel : null
  return { precision: incident.precision, corner, area }
}

/** Incidents as cards, in the order given. */
export const cardsOf = (
  { city, pages }: App,
  incidents: readonly PublicIncident[],
  lang: string,
): Card[] =>
  incidents.map((incident) => ({
    id: incident.id,
    finding: incident.status,
    activity: incident.activity,
    place: placeOf(city, incident, lang),
    description: pages.words(incident, lang).description,
    seenAt: incident.observedAt ?? incident.confirmedAt,
    // A fading is the clock's doing: nobody looked.
    checkedAt: incident.status === 'expired' ? undefined : checkedAt(incident),
    until: incident.status === 'confirmed' ? (incident.expiresAt ?? undefined) : undefined,
  }))

const checkedAt = ({ status, confirmedAt, updatedAt }: PublicIncident): string =>
  status === 'ended' || status === 'corrected' ? updatedAt : confirmedAt

/** Confirmed and going on; and all the rest that was said: over, corrected, faded, or never true. */
export function split<T extends { status: PublicIncident['status'] }>(
  incidents: readonly T[],
): { now: T[]; earlier: T[] } {
  const now = incidents.filter(({ status }) => status === 'confirmed')
  return { now, earlier: incidents.filter((incident) => !now.includes(incident)) }
}
