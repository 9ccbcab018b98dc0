// The shape of a city pack (zod, what the administrator writes) and of a loaded City (types, what rooms use).
import { z } from 'zod'
import type { MultiPolygon, Point } from '../geo.ts'

const localText = z
  .record(z.string(), z.string().min(1))
  .refine((text) => 'en' in text, { error: 'needs an English text under "en"' })
const day = z.iso.date({ error: 'must be a day written YYYY-MM-DD' })
const degrees = (limit: number) => z.number().min(-limit).max(limit)

export const languageSchema = z.strictObject({
  code: z
    .string()
    .regex(/^[a-z]{2,3}(-[A-Z][a-z]{3})?$/, { error: 'must look like "es" or "zh-Hans"' }),
  name: z.string().min(1),
  englishName: z.string().min(1),
  dir: z.enum(['ltr', 'rtl']),
})

export const contactSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: localText,
  phone: z
    .string()
    .regex(/^[0-9+*#() -]{3,20}$/)
    .optional(),
  url: z.url({ protocol: /^https$/ }).optional(),
  hours: localText.optional(),
  asOf: day,
  source: z.string().min(1),
  /** True once somebody of this deployment rang the number or opened the page. */
  verified: z.boolean().optional(),
  note: z.string().optional(),
})

export const datasetSchema = z.strictObject({
  file: z
    .string()
    .regex(/^[a-z0-9][a-z0-9./_-]*$/)
    .refine((f) => !f.includes('..'), { error: 'must stay in the folder' }),
  /** What the program does with it: `map` files are only carried along for the map. */
  holds: z.enum(['areas', 'corners', 'streets', 'places', 'map']),
  /** For `areas`: the kind of every area in the file. */
  kind: z.string().optional(),
  title: z.string().min(1),
  source: z.string().min(1),
  publisher: z.string().min(1),
  licence: z.string().min(1),
  date: z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$|^unknown$/, {
    error: 'must be YYYY, YYYY-MM, YYYY-MM-DD or unknown',
  }),
  rows: z.int().positive(),
  note: z.string().optional(),
})

export const searchSchema = z.strictObject({
  /** One word people type -> the word the data uses. */
  words: z.record(z.string(), z.string()).default({}),
  /** Several words, or scripts without spaces -> replacement text. */
  phrases: z.record(z.string(), z.string()).default({}),
  /** Words that say nothing at the end of an address: "ny", "usa". */
  endings: z.array(z.string()).default([]),
  streetAliases: z
    .array(
      z.strictObject({
        street: z.string(),
        within: z.string().optional(),
        also: z.array(z.string()).min(1),
      }),
    )
    .default([]),
  /** Parent area -> small bonus (0 to 0.1): which one people mean when they name none. */
  bias: z.record(z.string(), z.number().min(0).max(0.1)).default({}),
  /** Parent areas where the part of a house number before the hyphen is the cross street. */
  crossStreetHouseNumbers: z.array(z.string()).default([]),
})

export const packSchema = z.strictObject({
  id: z.string().regex(/^[a-z0-9-]+$/),
  name: localText,
  languages: z.array(languageSchema).min(1),
  defaultLanguage: z.string(),
  timeZone: z.string(),
  country: z.string().regex(/^[A-Z]{2}$/),
  bbox: z.tuple([degrees(180), degrees(90), degrees(180), degrees(90)]),
  centre: z.strictObject({ lat: degrees(90), lon: degrees(180) }),
  zoom: z.number().min(1).max(20),
  areaKinds: z
    .array(z.strictObject({ kind: z.string().min(1), label: localText, public: z.boolean() }))
    .min(1),
  /** The kind whose areas together are the city's land; also the parent of other areas and of streets. */
  landKind: z.string(),
  /** Ids of areas that are parks as a whole: the map draws them as such. */
  parkAreas: z.array(z.string()).default([]),
  quickExitUrl: z.url({ protocol: /^https$/ }),
  contacts: z.array(contactSchema),
  /** The folder of guides under cities/, such as `nyc/guides`; a pack without has none. */
  guides: z
    .string()
    .regex(/^[a-z0-9-]+\/[a-z0-9-]+$/, { error: 'must look like "nyc/guides"' })
    .optional(),
  units: z.enum(['imperial', 'metric']),
  hourCycle: z.enum(['h12', 'h23']),
  datasets: z.array(datasetSchema).min(1),
  search: searchSchema.default({
    words: {},
    phrases: {},
    endings: [],
    streetAliases: [],
    bias: {},
    crossStreetHouseNumbers: [],
  }),
  policy: z.record(z.string(), z.unknown()),
})

export type Pack = z.infer<typeof packSchema>
export type SearchSettings = z.infer<typeof searchSchema>
export type Language = z.infer<typeof languageSchema>
export type Contact = z.infer<typeof contactSchema>
export type Dataset = z.infer<typeof datasetSchema>
/** Language code -> text; `en` is always there. */
export type LocalText = Record<string, string>

export interface Area {
  id: string
  kind: string
  name: string
  label: LocalText
  parent?: string
  population?: number
  centre: Point
}

export interface Place {
  placeId: string
  label: string
  kind: string
  lat: number
  lon: number
  /** Ids of every area that holds the point. */
  areas: string[]
  uncertaintyMetres: number
  /** The query held a house number; this is the nearest thing the data has. */
  note?: 'nearest-corner'
}

export interface PlaceHit extends Place {
  /** 0 to 1. */
  score: number
}

export interface PlaceAnswer {
  places: PlaceHit[]
  /** `none-in-data` when the query began with a house number: callers tell the person plainly. */
  houseNumbers: 'none-in-data' | null
}

export interface SearchOptions {
  lang?: string
  /** Most places to return; 8 unless told, never over 50. */
  limit?: number
  /** Breaks ties: nearer first. */
  near?: Point
}

/** The file that place search reads, for a phone to search without us. */
export interface PlacesFile {
  /** Changes whenever the bytes do. */
  stamp: string
  /** The file as it is or compressed (slow the first time, unless it was kept). */
  read(encoding: 'identity' | 'gzip' | 'br'): Promise<Uint8Array>
}

export interface City {
  id: string
  name: LocalText
  languages: Language[]
  defaultLanguage: string
  timeZone: string
  country: string
  bbox: [west: number, south: number, east: number, north: number]
  centre: Point
  zoom: number
  areas: readonly Area[]
  areaKinds: { kind: string; label: LocalText; public: boolean }[]
  datasets: Dataset[]
  quickExitUrl: string
  contacts: Contact[]
  /** The folder of guides under cities/; undefined where the pack has none. */
  guides?: string | undefined
  units: 'imperial' | 'metric'
  hourCycle: 'h12' | 'h23'
  policy: Record<string, unknown>
  /** Inside the city's land, or within about 150 m of it (shore, bridges). */
  contains(p: Point): boolean
  /** Every area whose polygon holds the point, in the order of `areaKinds`; empty for anything that is no point. */
  areasAt(p: Point): Area[]
  areaById(id: string): Area | undefined
  areaShape(id: string): MultiPolygon | undefined
  /** Best places first. Never throws, whatever the text. */
  search(query: string, options?: SearchOptions): PlaceAnswer
  placeById(placeId: string): Place | undefined
  placesFile: PlacesFile
  /** Nearest street corner however far, or undefined for anything that is no point. */
  nearestCorner(p: Point): Place | undefined
}
