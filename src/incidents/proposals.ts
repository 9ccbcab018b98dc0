import { sql } from 'kysely'
import type { Db, Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { act, refused } from './act.ts'
import type { Reason } from './contract.ts'
import type { IncidentsRoom } from './room.ts'

/** A report and the incident it was proposed to belong to. */
export type ProposedPair = readonly [reportId: string, incidentId: string]

/** Proposed links nobody decided on, of reports now in this incident or to it. */
export const openProposals = (db: Db | Tx, incidentId: string) =>
  db
    .selectFrom('proposed_links')
    .innerJoin('incident_reports', 'incident_reports.report_id', 'proposed_links.report_id')
    .select([
      'proposed_links.report_id',
      'proposed_links.incident_id',
      'proposed_links.score',
      'proposed_links.reasons',
      'incident_reports.incident_id as from_incident_id',
    ])
    .where('decided_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('incident_reports.incident_id', '=', incidentId),
        eb('proposed_links.incident_id', '=', incidentId),
      ]),
    )
    .whereRef('incident_reports.incident_id', '!=', 'proposed_links.incident_id')
    .orderBy('score', 'desc')
    .limit(20)
    .execute()

/** The likeliest other incident that a listed one may be the same as. */
export interface Proposed {
  otherId: string
  score: number
  reasons: Reason[]
}

/** For each of these incidents the likeliest live one it may be the same as, if nobody has decided. */
export async function likeliestOf(
  db: Db,
  incidentIds: readonly string[],
): Promise<Map<string, Proposed>> {
  const { rows } = await sql<Proposed & { id: string }>`
    select distinct on (pair.id) pair.id, other as "otherId", pair.score, pair.reasons from (
      select l.incident_id as id, p.incident_id as other, p.score, p.reasons, p.decided_at
        from proposed_links p join incident_reports l using (report_id) where l.incident_id = any(${incidentIds})
      union all
      select p.incident_id, l.incident_id, p.score, p.reasons, p.decided_at
        from proposed_links p join incident_reports l using (report_id) where p.incident_id = any(${incidentIds})
    ) pair join incidents o on o.id = pair.other
    where pair.decided_at is null and pair.id <> pair.other
      and o.status in ('open', 'confirmed', 'other-agency', 'unfounded')
    order by pair.id, score desc, other`.execute(db)
  return new Map(rows.map(({ id, ...proposed }) => [id, proposed]))
}

/** Notes that somebody decided on these pairs, or that it is open again. */
export async function decideProposals(
  tx: Tx,
  pairs: readonly ProposedPair[],
  at: Date | null,
): Promise<void> {
  for (const [reportId, incidentId] of pairs)
    await tx
      .updateTable('proposed_links')
      .set({ decided_at: at })
      .where('report_id', '=', reportId)
      .where('incident_id', '=', incidentId)
      .execute()
}

/**
 * Says that an incident and another it was proposed to be the same as are two: nobody is asked
 * again, until it is undone. Throws 404, 403, 409 `incident/not-proposed`.
 */
export function keepApart(
  room: IncidentsRoom,
  tx: Tx,
  id: string,
  other: string,
  actor: Actor,
): Promise<void> {
  return act(room, tx, { id, action: 'keep-apart', actor }, async ({ now }) => {
    const pairs = (await openProposals(tx, id))
      .filter((p) => [p.incident_id, p.from_incident_id].includes(other))
      .map((p): ProposedPair => [p.report_id, p.incident_id])
    if (pairs.length === 0) throw refused('incident/not-proposed')
    await decideProposals(tx, pairs, now)
    await room.emit(tx, {
      incidentId: id,
      type: 'incident.kept-apart',
      actorId: actor.personId,
      data: { other, pairs },
    })
  })
}
