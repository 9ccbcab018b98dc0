import type { Selectable } from 'kysely'
import type { Db, Tx } from '../kernel/db/database.ts'
import type { Database } from '../schema.ts'

/** Every query of the room on alerts; on subscriptions and pages see the files beside. */

export type AlertRow = Selectable<Database['alerts']>

/** False if this revision is known. */
export async function insertAlert(tx: Tx, row: AlertRow): Promise<boolean> {
  const result = await tx
    .insertInto('alerts')
    .values(row)
    .onConflict((conflict) => conflict.doNothing())
    .executeTakeFirst()
  return (result.numInsertedOrUpdatedRows ?? 0n) > 0n
}

/** The newest signed word on an incident, or of a drill. */
export const lastAlertOf = (db: Db | Tx, incidentId: string): Promise<AlertRow | undefined> =>
  db
    .selectFrom('alerts')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .where('signature', 'is not', null)
    .orderBy('revision', 'desc')
    .limit(1)
    .executeTakeFirst()

/** Everything signed or refused of an incident or a drill, oldest first. */
export const alertsOf = (
  db: Db,
  incidentId: string,
  audience: AlertRow['audience'],
): Promise<AlertRow[]> =>
  db
    .selectFrom('alerts')
    .selectAll()
    .where('audience', '=', audience)
    .where('incident_id', '=', incidentId)
    .orderBy('revision')
    .execute()

export const alertOf = (
  db: Db | Tx,
  incidentId: string,
  revision: number,
): Promise<AlertRow | undefined> =>
  db
    .selectFrom('alerts')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .where('revision', '=', revision)
    .executeTakeFirst()

/** The newest signed word of each incident that may still be told; no drills. */
export const currentAlerts = (db: Db, now: Date): Promise<AlertRow[]> =>
  db
    .selectFrom('alerts')
    .selectAll()
    .distinctOn('incident_id')
    .where('audience', '=', 'alerts')
    .where('signature', 'is not', null)
    .where('expires_at', '>', now)
    .orderBy('incident_id')
    .orderBy('revision', 'desc')
    .execute()

/** Whether a later word on the incident has been signed: then this one is sent no more. */
export async function isSuperseded(db: Db, incidentId: string, revision: number): Promise<boolean> {
  const later = await db
    .selectFrom('alerts')
    .select('revision')
    .where('incident_id', '=', incidentId)
    .where('revision', '>', revision)
    .where('signature', 'is not', null)
    .limit(1)
    .executeTakeFirst()
  return later !== undefined
}

/** How many drills were begun since. */
export async function drillsSince(tx: Tx, since: Date): Promise<number> {
  const { count } = await tx
    .selectFrom('alerts')
    .select(({ fn }) => fn.countAll<string>().as('count'))
    .where('audience', '=', 'drills')
    .where('revision', '=', 1)
    .where('created_at', '>', since)
    .executeTakeFirstOrThrow()
  return Number(count)
}
