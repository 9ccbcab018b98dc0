import { z } from 'zod'
import { limits } from '../kernel/limits.ts'
import { notStorable, storable } from '../kernel/text.ts'

/** What a trained person may find. */
export const findings = ['confirmed', 'other-agency', 'unfounded', 'inconclusive'] as const
export type Finding = (typeof findings)[number]

/** What a finding rests on. */
export const bases = ['on-scene', 'independent-reports'] as const
export type Basis = (typeof bases)[number]

/**
 * Where an incident stands. `open`: reports, nothing published. The next three are published;
 * `ended`, `corrected`, `expired` were. `closed`: never published, and over. `merged`: it lives on
 * in another.
 */
export const statuses = [
  'open',
  'confirmed',
  'other-agency',
  'unfounded',
  'ended',
  'corrected',
  'expired',
  'closed',
  'merged',
] as const
export type Status = (typeof statuses)[number]

/** What a correction may say was true instead. A claim needs two people; taking one back needs one. */
export const corrections = [
  'unfounded',
  'other-agency',
  'wrong-place',
  'wrong-time',
  'withdrawn',
] as const
export type CorrectedTo = (typeof corrections)[number]

const note = z
  .string()
  .max(limits.descriptionCharacters)
  .refine(storable, { error: notStorable })
  .optional()

export const FindingBody = z.strictObject({ finding: z.enum(findings), basis: z.enum(bases), note })
export type FindingBody = z.infer<typeof FindingBody>
export const SignOffBody = z.strictObject({ finding: z.enum(findings) })
export const EndBody = z.strictObject({ note }).nullish()
export const CorrectBody = z.strictObject({ now: z.enum(corrections).optional(), note }).nullish()
export const MergeBody = z.strictObject({
  ids: z
    .array(z.string().max(20).refine(storable, { error: notStorable }))
    .min(2)
    .max(limits.mergeIncidents),
})
export const SplitBody = z.strictObject({ reportIds: z.array(z.uuid()).min(1).max(500) })
/** One row of the queue is set aside, or with `alike` every one of the group it stands for. */
export const SetAsideBody = z.strictObject({ alike: z.boolean().optional() }).nullish()
export const KeepApartBody = z.strictObject({
  other: z.string().max(20).refine(storable, { error: notStorable }),
})
export const UndoActBody = z.strictObject({ act: z.uuid() })
export const PlaceBody = z.strictObject({ placeId: z.string().max(200) })

/** How precisely a kind of place may be shown (mission.md "What it never does" 2; security.md S24). */
export const precisions = ['corner', 'wide', 'neighbourhood'] as const
export type Precision = (typeof precisions)[number]

/** The room's part of pack.json. */
export const IncidentsPolicy = z.strictObject({
  /** Hours after its last confirmation that an incident is shown. */
  expiryHours: z.number().positive(),
  /** Hours after its last report that an unconfirmed one leaves the queue. */
  fadeHours: z.number().positive(),
  /** Whether finder and approver must come from different organisations. */
  differentOrganisations: z.boolean(),
  /** Per kind of place, as reports name them; an unknown kind is shown as its neighbourhood only. */
  precision: z.record(z.string(), z.enum(precisions)),
})
export type IncidentsPolicy = z.infer<typeof IncidentsPolicy>

/** Why two accounts seem to be of one thing, or not; pages turn each into words. */
export type Reason =
  | { kind: 'distance'; metres: number }
  | { kind: 'no-place' }
  | { kind: 'time'; minutes: number }
  | { kind: 'no-time' }
  | { kind: 'activity'; same: boolean }
  | { kind: 'words'; shared: string[]; similarity: number }
  | { kind: 'size'; same: boolean }

/** What the public may see of an incident: the whole of it. Two people signed it off. */
export interface PublicIncident {
  id: string
  revision: number
  status: Exclude<Status, 'open' | 'closed' | 'merged'>
  activity: string
  precision: Precision
  /** A corner, or the name of a neighbourhood; never a house. */
  placeLabel: string
  areaIds: string[]
  /** A point only for a public corner; otherwise the area, so that no pin lies. */
  geometry: GeoJsonGeometry | null
  observedAt: string | null
  /** When we first said so. */
  publishedAt: string
  /** When it was last confirmed. */
  confirmedAt: string
  updatedAt: string
  expiresAt: string | null
  correction: { was: Finding; saidAt: string; now: CorrectedTo | Finding } | null
}

export type GeoJsonGeometry =
  | { type: 'Point'; coordinates: [number, number] }
  | { type: 'Polygon'; coordinates: [number, number][][] }
  | { type: 'MultiPolygon'; coordinates: [number, number][][][] }

/** What a publication is: the first word, a re-confirmation, an all-clear, a correction, a fading. */
export type PublicationKind = 'confirmed' | 'update' | 'ended' | 'corrected' | 'expired'
