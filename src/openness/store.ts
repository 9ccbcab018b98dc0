import { type Selectable, sql } from 'kysely'
import type { PublicIncident } from '../incidents/index.ts'
import type { Db, Tx } from '../kernel/db/database.ts'
import type { Database } from '../schema.ts'
import type { Publication } from './contract.ts'

interface Row {
  seq: string
  id: string
  incident_id: string
  revision: number
  kind: string
  snapshot: unknown
  at: Date
  expires_at: Date | null
}

const publication = (row: Row): Publication => ({
  seq: Number(row.seq),
  id: row.id,
  incidentId: row.incident_id,
  revision: row.revision,
  kind: row.kind as Publication['kind'],
  snapshot: row.snapshot as PublicIncident,
  at: row.at,
  expiresAt: row.expires_at,
})

/** The next number of the stream, in the order of commits: its row stays locked until then. */
async function nextSeq(tx: Tx): Promise<string> {
  const { seq } = await tx
    .updateTable('publication_counter')
    .set({ seq: sql`seq + 1` })
    .where('id', '=', 1)
    .returning('seq')
    .executeTakeFirstOrThrow()
  return seq
}

export type SignedAlertRow = Selectable<Database['signed_alerts']>

/** Adds a signed alert to the stream; false if it was there. */
export async function insertSignedAlert(
  tx: Tx,
  row: Omit<SignedAlertRow, 'seq'>,
): Promise<boolean> {
  const known = await tx
    .selectFrom('signed_alerts')
    .select('seq')
    .where('incident_id', '=', row.incident_id)
    .where('revision', '=', row.revision)
    .executeTakeFirst()
  if (known) return false
  await tx
    .insertInto('signed_alerts')
    .values({ ...row, seq: await nextSeq(tx) })
    .execute()
  return true
}

/** Signed alerts of the stream after that number, oldest first. */
export const signedAlertsAfter = (db: Db, seq: number, limit: number): Promise<SignedAlertRow[]> =>
  db
    .selectFrom('signed_alerts')
    .selectAll()
    .where('seq', '>', String(seq))
    .orderBy('seq')
    .limit(limit)
    .execute()

/**
 * Adds to the public record. The counter's row is locked until the commit, so numbers follow the
 * order of commits and a reader that resumes after one misses nothing. False if it was there.
 */
export async function insertPublication(tx: Tx, entry: Omit<Publication, 'seq'>): Promise<boolean> {
  const known = await tx
    .selectFrom('publications')
    .select('seq')
    .where((eb) =>
      eb.or([
        eb('id', '=', entry.id),
        eb.and([eb('incident_id', '=', entry.incidentId), eb('revision', '=', entry.revision)]),
      ]),
    )
    .executeTakeFirst()
  if (known) return false
  const seq = await nextSeq(tx)
  await tx
    .insertInto('publications')
    .values({
      seq,
      id: entry.id,
      incident_id: entry.incidentId,
      revision: entry.revision,
      kind: entry.kind,
      snapshot: JSON.stringify(entry.snapshot),
      at: entry.at,
      expires_at: entry.expiresAt,
    })
    .execute()
  return true
}

/** What was published after that number, oldest first. */
export async function publicationsAfter(
  db: Db,
  seq: number,
  limit: number,
): Promise<Publication[]> {
  const rows = await db
    .selectFrom('publications')
    .selectAll()
    .where('seq', '>', String(seq))
    .orderBy('seq')
    .limit(limit)
    .execute()
  return rows.map(publication)
}

/** The newest public acts by when they were done: a late job cannot put an old word on top. */
export async function latestPublications(db: Db, limit: number): Promise<Publication[]> {
  const rows = await db
    .selectFrom('publications')
    .selectAll()
    .orderBy('at', 'desc')
    .orderBy('seq', 'desc')
    .limit(limit)
    .execute()
  return rows.map(publication)
}

/** The last number given out, 0 before the first. */
export async function lastSeq(db: Db): Promise<number> {
  const row = await db
    .selectFrom('publication_counter')
    .select('seq')
    .where('id', '=', 1)
    .executeTakeFirstOrThrow()
  return Number(row.seq)
}

/** Everything said of an incident, or of several, each oldest first. */
export async function publicationsOf(db: Db, ...incidentIds: string[]): Promise<Publication[]> {
  if (incidentIds.length === 0) return []
  const rows = await db
    .selectFrom('publications')
    .selectAll()
    .where('incident_id', 'in', incidentIds)
    .orderBy('revision')
    .execute()
  return rows.map(publication)
}

/** The newest word on each incident spoken of since then, newest first. */
export async function currentIncidents(db: Db, since: Date, limit: number): Promise<Publication[]> {
  const rows = await db
    .selectFrom('publications')
    .selectAll()
    .distinctOn('incident_id')
    .where('at', '>=', since)
    .orderBy('incident_id')
    .orderBy('revision', 'desc')
    .execute()
  return rows
    .map(publication)
    .sort((a, b) => b.seq - a.seq)
    .slice(0, limit)
}

/** One publication by its id. */
export async function publicationById(db: Db, id: string): Promise<Publication | undefined> {
  const row = await db
    .selectFrom('publications')
    .selectAll()
    .where('id', '=', id)
    .executeTakeFirst()
  return row && publication(row)
}

export const setLastChecked = (db: Db | Tx, at: Date): Promise<unknown> =>
  db
    .updateTable('desk_activity')
    .set({ last_checked_at: at })
    .where('id', '=', 1)
    .where((eb) => eb.or([eb('last_checked_at', 'is', null), eb('last_checked_at', '<', at)]))
    .execute()

/** When trained people last checked anything; null if they never did. */
export async function lastChecked(db: Db): Promise<Date | null> {
  const row = await db
    .selectFrom('desk_activity')
    .select('last_checked_at')
    .where('id', '=', 1)
    .executeTakeFirst()
  return row?.last_checked_at ?? null
}
