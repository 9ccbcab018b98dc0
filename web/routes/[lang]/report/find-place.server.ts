import { isolated } from '../told.ts'
import type { Draft } from './draft.ts'

type App = App.Locals['app']

/** A place to choose. */
export interface Hit {
  value: string
  label: string
  kind: string
}

/** What the words of a draft may mean. */
export interface FoundPlaces {
  sure: Hit[]
  /** Below this certainty nothing is taken for granted: "did you mean". */
  unsure: Hit[]
  noHouseNumbers: boolean
  /** Where the reporter's phone is, if they let it say so. */
  point: { near: string | null; metres: number | null } | null
}

const sureScore = 0.6
const shown = 6

/** The places that a draft's words, suggestion or position may mean; null before anything was said. */
export function findPlaces(app: App, draft: Draft, lang: string): FoundPlaces | null {
  const point = pointOf(app, draft)
  const words = draft.place.trim()
  if (!words) return point ? { sure: [], unsure: [], noHouseNumbers: false, point } : null
  const { places, houseNumbers } = app.pages.search(words, lang, shown)
  const hits = places.map((place) => ({ ...hitOf(place), score: place.score }))
  const chosen = suggested(app, draft, hits)
  const sure = hits.filter(({ score }) => score >= sureScore)
  return {
    sure: chosen ? [chosen, ...sure] : sure,
    unsure: hits.filter(({ score }) => score < sureScore),
    noHouseNumbers: houseNumbers !== null,
    point,
  }
}

const hitOf = (place: { placeId: string; label: string; kind: string }): Hit => ({
  value: `place:${place.placeId}`,
  label: place.label,
  kind: place.kind,
})

/** A place that was chosen before, and that the words alone do not find. */
function suggested({ city }: App, draft: Draft, hits: readonly Hit[]): Hit | null {
  const value = draft.placeId ? `place:${draft.placeId}` : draft.choice
  if (!value.startsWith('place:') || hits.some((hit) => hit.value === value)) return null
  const place = city.placeById(value.slice('place:'.length))
  return place ? hitOf(place) : null
}

/** The phone's position, if it is one in this city. */
function pointOf({ city }: App, draft: Draft): FoundPlaces['point'] {
  if (!hasPoint(draft)) return null
  const point = { lat: Number(draft.lat), lon: Number(draft.lon) }
  if (!city.contains(point)) return null
  const metres = Number(draft.accuracy)
  return {
    near: city.nearestCorner(point)?.label ?? null,
    metres: draft.accuracy && metres >= 0 ? metres : null,
  }
}

export const hasPoint = ({ lat, lon }: Draft): boolean => lat !== '' && lon !== ''

/** The chosen place in words, for the reporter to look over. */
export function placeInWords({ city }: App, draft: Draft): string {
  if (draft.choice === 'words') return draft.place.trim()
  if (draft.choice === 'point')
    return city.nearestCorner({ lat: Number(draft.lat), lon: Number(draft.lon) })?.label ?? ''
  return isolated(city.placeById(draft.choice.slice('place:'.length))?.label ?? draft.place)
}
