import type { City } from '../../kernel/city/index.ts'
import type { Clock } from '../../kernel/clock.ts'
import { readWarrant, type WarrantGuide } from './read-warrant.ts'

/** What the checker works with. It has no store: nothing that is answered is kept. */
export interface WarrantRoom {
  city: City
  clock: Clock
  /** Null in a city without guidance. */
  guide: WarrantGuide | null
}

/** Opens the checker of a city. Throws where its guidance has a fault. */
export const makeWarrant = (citiesFolder: string, city: City, clock: Clock): WarrantRoom => ({
  city,
  clock,
  guide: readWarrant(citiesFolder, city.guides),
})
