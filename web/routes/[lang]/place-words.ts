import type { Texts } from '#web/texts.ts'
import type { PlaceParts } from './public-view.server.ts'
import { isolated } from './told.ts'

/** A public place in words: "Rope Street & Quay Road, Harbourside (Ropewalk)", "Around Ropewalk", "Ropewalk". */
export function placeWords({ precision, corner, area }: PlaceParts, t: Texts): string {
  if (corner) return t('openness.place-in', { place: isolated(corner), area: isolated(area) })
  return precision === 'wide' ? t('openness.place-near', { area: isolated(area) }) : isolated(area)
}
