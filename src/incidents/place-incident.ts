import type { Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { placeReportById } from '../reports/index.ts'
import { act } from './act.ts'
import { refreshIncident } from './refresh.ts'
import type { IncidentsRoom } from './room.ts'
import { linksOf } from './store.ts'

/** Puts an incident that came in words on the map: every report of it that has no place yet. */
export function placeIncident(
  room: IncidentsRoom,
  tx: Tx,
  id: string,
  placeId: string,
  actor: Actor,
): Promise<void> {
  return act(room, tx, { id, action: 'place', actor }, async () => {
    for (const link of await linksOf(tx, id))
      await placeIfUnplaced(room, tx, link.report_id, placeId)
    await refreshIncident(room, tx, id)
    await room.emit(tx, {
      incidentId: id,
      type: 'incident.placed',
      actorId: actor.personId,
      data: {},
    })
  })
}

async function placeIfUnplaced(
  room: IncidentsRoom,
  tx: Tx,
  reportId: string,
  placeId: string,
): Promise<void> {
  const report = await tx
    .selectFrom('reports')
    .select('cell')
    .where('id', '=', reportId)
    .executeTakeFirst()
  if (report?.cell === null) await placeReportById(room.reports, tx, reportId, placeId)
}
