import { z } from 'zod'
import { limits } from '../kernel/limits.ts'
import { notStorable, storable } from '../kernel/text.ts'

/** What the agents were doing, as the reporter saw it. */
export const activities = [
  'arrest',
  'raid',
  'stop',
  'checkpoint',
  'stakeout',
  'patrol',
  'door-knock',
  'other',
] as const
export type Activity = (typeof activities)[number]

/** Where it was: decides how precisely it may ever be shown (incidents/precision.ts). */
export const placeKinds = [
  'street',
  'transit',
  'workplace',
  'courthouse',
  'school',
  'clinic',
  'shelter',
  'worship',
  'home',
  'other',
] as const
export type PlaceKind = (typeof placeKinds)[number]

const text = (most: number) => z.string().max(most).refine(storable, { error: notStorable })
const short = text(limits.shortTextCharacters)

const Coordinates = z.strictObject({
  lat: z.number().min(-90).max(90),
  lon: z.number().min(-180).max(180),
  /** How far off it may be, in metres, as the phone says. */
  accuracyMetres: z.number().min(0).max(100_000).optional(),
})
const Words = z.strictObject({ text: short.min(1) })
const ById = z.strictObject({ placeId: z.string().min(1).max(200) })

/** A place: a point, words, or an entry of the city's place search. */
export const PlaceInput = z.union([Coordinates, Words, ById], {
  error: 'place must be {"lat", "lon"}, {"text"} or {"placeId"}',
})
export type PlaceInput = z.infer<typeof PlaceInput>

/** A language tag (BCP 47) that the platform knows how to read. */
const LanguageTag = z
  .string()
  .max(35)
  .refine(
    (tag) => {
      try {
        return Intl.getCanonicalLocales(tag).length === 1
      } catch {
        return false
      }
    },
    {
      error: 'not a language tag such as "es" or "zh-Hans"',
    },
  )

const Media = z.strictObject({
  kind: z.enum(['photo', 'video', 'audio', 'link']),
  url: z
    .url({ protocol: /^https$/ })
    .max(500)
    .optional(),
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
})

/** One person's account, as it arrives. Unknown fields are refused by name. */
export const NewReport = z.strictObject({
  activity: z.enum(activities),
  place: PlaceInput,
  observedAt: z.iso.datetime({ offset: true }),
  firstHand: z.boolean(),
  /** How many agents: a number, or words such as "about ten". */
  size: z.union([z.int().min(0).max(10_000), short]).optional(),
  unit: short.optional(),
  uniform: short.optional(),
  equipment: short.optional(),
  placeKind: z.enum(placeKinds).default('street'),
  stillThere: z.boolean().optional(),
  /** Whether people were taken, or how many. */
  detained: z.union([z.boolean(), z.int().min(0).max(10_000)]).optional(),
  minorsPresent: z.boolean().optional(),
  description: text(limits.descriptionCharacters).optional(),
  language: LanguageTag.optional(),
  media: z.array(Media).max(limits.mediaItems).optional(),
  /** How to reach the reporter, if they wish; restricted, and gone after three days. */
  contact: short.optional(),
})
export type NewReport = z.infer<typeof NewReport>
export type NewReportInput = z.input<typeof NewReport>

/** What the reporter is told: the receipt is shown this once. */
export const Accepted = z.object({ id: z.uuid(), receipt: z.string().nullable() })
export type Accepted = z.infer<typeof Accepted>

/** More to an account, by whoever holds its receipt. */
export const Addition = z
  .strictObject({
    text: text(limits.descriptionCharacters).min(1).optional(),
    stillThere: z.boolean().optional(),
  })
  .refine((a) => a.text !== undefined || a.stillThere !== undefined, {
    error: 'send "text", "stillThere" or both',
  })
export type Addition = z.infer<typeof Addition>

/** The zero of each set of decimal digits that people of the city's languages may type. */
const zeros = [0x30, 0x660, 0x6f0, 0x9e6, 0xff10]
const asciiDigit = (digit: string): string => {
  const code = digit.codePointAt(0) as number
  const zero = zeros.find((start) => code >= start && code < start + 10)
  return zero === undefined ? digit : String(code - zero)
}

/** Sixteen digits of any script; spaces and hyphens between them are forgiven. Null if it is not. */
export function receiptDigits(typed: string): string | null {
  const digits = typed
    .slice(0, 100)
    .replace(/[\s\p{Pd}]/gu, '')
    .replace(/\p{Nd}/gu, asciiDigit)
  return /^\d{16}$/.test(digits) ? digits : null
}

/** What became of a report, for its reporter. */
export const ReportOutcome = z.object({
  id: z.uuid(),
  activity: z.string(),
  receivedAt: z.iso.datetime(),
  retracted: z.boolean(),
  additions: z.int(),
  /** Photos and video that came with it; `waiting` until a person has looked at them. */
  media: z.array(
    z.object({
      id: z.uuid(),
      kind: z.enum(['photo', 'video']),
      state: z.enum(['waiting', 'cleared', 'held-back']),
      /** Whether the untouched file is kept too, sealed to the evidence side. */
      original: z.boolean(),
    }),
  ),
  /** `checking` until two people stood behind a finding; then what they found. */
  outcome: z.enum([
    'checking',
    'confirmed',
    'other-agency',
    'unfounded',
    'inconclusive',
    'ended',
    'corrected',
    'expired',
    'closed',
    'retracted',
  ]),
  /** The public incident it belongs to, once that is public. */
  incidentId: z.string().nullable(),
})
export type ReportOutcome = z.infer<typeof ReportOutcome>

/** The room's part of pack.json. */
export const ReportsPolicy = z.strictObject({
  maxAgeHours: z.number().positive(),
  maxFutureMinutes: z.number().min(0),
  /** Reports a minute, of all strangers together, from which on effort ranks them (S25). */
  floodPerMinute: z.int().positive().default(60),
})
export type ReportsPolicy = z.infer<typeof ReportsPolicy>
