import { limits } from '../kernel/limits.ts'
import type { IncidentsRoom } from './room.ts'
import type { IncidentRow } from './store.ts'

/** Where an incident is exactly: for the desk, and for working out what the public may know. */
export interface ExactPlace {
  lat: number | null
  lon: number | null
  place_label: string | null
}

type Owner = Pick<IncidentRow, 'id' | 'created_at'>

const placeOf = ({ id, created_at }: Owner) => ({
  table: 'incidents',
  id,
  at: created_at,
  days: limits.restrictedDays,
})

/** The place as it rests in the incident's row (kernel/sealing); null for no place. */
export const sealPlace = (
  { kernel }: Pick<IncidentsRoom, 'kernel'>,
  incident: Owner,
  { lat, lon, place_label }: ExactPlace,
): Buffer | null => kernel.sealing.seal(placeOf(incident), { lat, lon, place_label })

/** The exact place, or nowhere: not on the map yet, or past its three days. */
export const exactPlace = (
  { kernel }: Pick<IncidentsRoom, 'kernel'>,
  incident: Owner & Pick<IncidentRow, 'sealed'>,
): ExactPlace => ({
  lat: null,
  lon: null,
  place_label: null,
  ...kernel.sealing.open<Partial<ExactPlace>>(placeOf(incident), incident.sealed),
})
