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

/** Opens the checker in a folder of guidance; null means the city has none. Throws where it has a fault. */
export const makeWarrant = (guides: string | null, city: City, clock: Clock): WarrantRoom => ({
  city,
  clock,
  guide: readWarrant(guides),
})
