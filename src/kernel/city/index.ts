// City packs: everything that makes the program this city, and search over its places.
// Words: city pack (a folder of data), area, corner, place.
// Stores: nothing; a pack is read once at start and held in memory.
// Emits: nothing.
// Never: writes, calls the network, or knows what a place is searched for.

export type { Point } from '../geo.ts'
export { areaPlace } from './area-place.ts'
export type {
  Area,
  City,
  Contact,
  Dataset,
  Language,
  LocalText,
  Pack,
  Place,
  PlaceAnswer,
  PlaceHit,
  SearchOptions,
} from './contract.ts'
export { loadCity } from './load-city.ts'
