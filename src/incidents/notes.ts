import type { Selectable } from 'kysely'
import type { Db, Tx } from '../kernel/db/database.ts'
import { limits } from '../kernel/limits.ts'
import type { Database } from '../schema.ts'
import type { IncidentsRoom } from './room.ts'

/** What a verifier wrote beside a finding, opened; without words past its days. */
type NoteRow = Omit<Selectable<Database['finding_notes']>, 'sealed'> & { note: string | null }

type WithKernel = Pick<IncidentsRoom, 'kernel'>

const placeOf = ({ id, created_at }: Pick<NoteRow, 'id' | 'created_at'>) => ({
  table: 'finding_notes',
  id,
  at: created_at,
  days: limits.noteDays,
})

/** Keeps a note: sealed, for the desk only. */
export const insertNote = (
  { kernel }: WithKernel,
  tx: Tx,
  { note, ...row }: NoteRow,
): Promise<unknown> =>
  tx
    .insertInto('finding_notes')
    .values({ ...row, sealed: kernel.sealing.seal(placeOf(row), { note }) })
    .execute()

/** The notes of an incident, oldest first. */
export async function notesOf(
  { kernel }: WithKernel,
  db: Db | Tx,
  incidentId: string,
): Promise<NoteRow[]> {
  const rows = await db
    .selectFrom('finding_notes')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .orderBy('created_at')
    .execute()
  return rows.map(({ sealed, ...row }) => ({
    ...row,
    note: kernel.sealing.open<{ note: string }>(placeOf(row), sealed)?.note ?? null,
  }))
}
