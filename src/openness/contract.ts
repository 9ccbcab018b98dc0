import { z } from 'zod'
import type { GeoJsonGeometry, PublicationKind, PublicIncident } from '../incidents/index.ts'
import { limits } from '../kernel/limits.ts'

/** One public act: what was said of an incident, when. Never changed once said. */
export interface Publication {
  seq: number
  id: string
  incidentId: string
  revision: number
  kind: PublicationKind
  snapshot: PublicIncident
  at: Date
  expiresAt: Date | null
}

/** Public states a caller may ask for. `live` is what holds now. */
export const publicStatuses = [
  'live',
  'confirmed',
  'other-agency',
  'unfounded',
  'ended',
  'corrected',
  'expired',
] as const

const Bbox = z
  .string()
  .transform((text) => text.split(',').map(Number))
  .refine((box) => box.length === 4 && box.every(Number.isFinite), {
    error: 'bbox is west,south,east,north',
  })
  .refine(([w, s, e, n]) => Number(w) <= Number(e) && Number(s) <= Number(n), {
    error: 'bbox is west,south,east,north: west and south come first',
  })

/** The query of the incidents list. */
export const ListQuery = z.strictObject({
  status: z
    .string()
    .max(100)
    .transform((text) => text.split(','))
    .pipe(z.array(z.enum(publicStatuses)))
    .optional(),
  since: z.iso.datetime({ offset: true }).optional(),
  area: z.string().max(60).optional(),
  bbox: Bbox.optional(),
})
export type ListQuery = z.infer<typeof ListQuery>

export const StreamQuery = z.strictObject({ areas: z.string().max(1000).optional() })

/** What somebody pastes to ask whether it is ours, and true. */
export const CheckBody = z.strictObject({ text: z.string().min(1).max(limits.checkCharacters) })

/** An incident in the GeoJSON list. */
export interface IncidentFeature {
  type: 'Feature'
  id: string
  geometry: GeoJsonGeometry | null
  properties: Omit<PublicIncident, 'geometry'>
}
