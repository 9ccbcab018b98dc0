import type { Selectable } from 'kysely'
import { limits } from '../kernel/limits.ts'
import type { Sealing } from '../kernel/sealing/index.ts'
import type { Database } from '../schema.ts'
import type { HeldBack } from './screening/hold-back.ts'

type StoredReport = Selectable<Database['reports']>

/** What of a report rests sealed: the exact place, and everything in somebody's own words. */
export interface ReportWords {
  lat: number | null
  lon: number | null
  place_text: string | null
  place_label: string | null
  size: string | null
  unit: string | null
  uniform: string | null
  equipment: string | null
  description: string | null
  media: unknown
  contact: string | null
  /** What identifies somebody and was taken out of the words above; for the evidence side only. */
  held_back: HeldBack[] | null
}

/** A report as the rooms see it: opened, or without place and words once its days are over. */
export type ReportRow = Omit<StoredReport, 'sealed'> & ReportWords

const placeOf = ({ id, created_at }: Pick<StoredReport, 'id' | 'created_at'>) => ({
  table: 'reports',
  id,
  at: created_at,
  days: limits.restrictedDays,
})

const nothing: ReportWords = {
  lat: null,
  lon: null,
  place_text: null,
  place_label: null,
  size: null,
  unit: null,
  uniform: null,
  equipment: null,
  description: null,
  media: null,
  contact: null,
  held_back: null,
}

/** A report as it rests: its words sealed under the key of the hour it came in. */
export function sealReport(sealing: Sealing, row: ReportRow): StoredReport {
  const { lat, lon, place_text, place_label, size, unit, uniform, ...more } = row
  const { equipment, description, media, contact, held_back, ...open } = more
  const place = { lat, lon, place_text, place_label }
  const words = { size, unit, uniform, equipment, description, media, contact, held_back }
  const all: ReportWords = { ...place, ...words }
  return { ...open, sealed: row.retracted_at ? null : sealing.seal(placeOf(row), { ...all }) }
}

/** A stored report, opened. */
export const openReport = (sealing: Sealing, { sealed, ...row }: StoredReport): ReportRow => ({
  ...row,
  ...nothing,
  ...sealing.open<Partial<ReportWords>>(placeOf(row), sealed),
})
