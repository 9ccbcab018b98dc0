import type { Tx } from '../kernel/db/database.ts'
import { type DomainEvent, eventsOf } from '../kernel/events.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { act, refused } from './act.ts'
import { decideProposals, type ProposedPair } from './proposals.ts'
import { nothingPending } from './publish.ts'
import { refreshIncident } from './refresh.ts'
import type { IncidentsRoom } from './room.ts'
import { linksOf, lockIncidents, moveReports, notSetAside, updateIncident } from './store.ts'

/**
 * Takes back the last merge, split, setting aside or keeping apart of this incident, as a new event;
 * whatever was found or published since makes that impossible. Throws 404, 403, 409 `incident/nothing-to-undo`.
 */
export function undoLast(room: IncidentsRoom, tx: Tx, id: string, actor: Actor): Promise<void> {
  return act(room, tx, { id, action: 'undo', actor }, async () => {
    const last = lastUndoable(await eventsOf(tx, 'incident', id))
    if (!last) throw refused('incident/nothing-to-undo')
    await undoOf[last.type]?.(room, tx, id, last.data)
    await room.emit(tx, {
      incidentId: id,
      type: 'incident.undone',
      actorId: actor.personId,
      data: { eventId: last.id },
    })
  })
}

type Undo = (
  room: IncidentsRoom,
  tx: Tx,
  id: string,
  data: Record<string, unknown>,
) => Promise<unknown>

/** How each act that can be taken back is taken back, by its event. */
const undoOf: Record<string, Undo> = {
  'incident.merged': async (room, tx, id, { moved }) => {
    await unmerge(room, tx, id, moved as Record<string, string[]>)
    await asItIsNow(room, tx, id)
  },
  'incident.split': async (room, tx, id, data) => {
    await unsplit(room, tx, id, data as { into: string; reportIds: string[] })
    await asItIsNow(room, tx, id)
  },
  'incident.set-aside': (_room, tx, id) => updateIncident(tx, id, notSetAside),
  'incident.kept-apart': (_room, tx, _id, { pairs }) =>
    decideProposals(tx, pairs as ProposedPair[], null),
}

async function asItIsNow(room: IncidentsRoom, tx: Tx, id: string): Promise<void> {
  await updateIncident(tx, id, nothingPending)
  await refreshIncident(room, tx, id)
}

/** After these, taking reports away would change what somebody already judged. */
const blocking = new Set([
  'incident.found',
  'incident.signed-off',
  'incident.published',
  'incident.merged-into',
])

function lastUndoable(events: readonly DomainEvent[]): DomainEvent | null {
  // A whole group comes back by the name of the act that set it aside.
  const undone = new Set(
    events
      .filter((event) => event.type === 'incident.undone')
      .flatMap(({ data }) => [data.eventId, data.act]),
  )
  for (const event of [...events].reverse()) {
    if (blocking.has(event.type)) return null
    if (event.type in undoOf && !undone.has(event.id) && !undone.has(event.data.act ?? event.id))
      return event
  }
  return null
}

async function unmerge(
  room: IncidentsRoom,
  tx: Tx,
  from: string,
  moved: Record<string, string[]>,
): Promise<void> {
  const inside = new Set((await linksOf(tx, from)).map((link) => link.report_id))
  for (const [id, reportIds] of Object.entries(moved)) {
    const back = reportIds.filter((reportId) => inside.has(reportId))
    if (back.length > 0) await moveReports(tx, back, id)
    await updateIncident(tx, id, { status: 'open', merged_into: null })
    await refreshIncident(room, tx, id)
    await room.emit(tx, {
      incidentId: id,
      type: 'incident.unmerged',
      actorId: null,
      data: { from },
    })
  }
}

async function unsplit(
  room: IncidentsRoom,
  tx: Tx,
  id: string,
  { into, reportIds }: { into: string; reportIds: string[] },
): Promise<void> {
  const [other] = await lockIncidents(tx, [into])
  const inside = (await linksOf(tx, into)).map((link) => link.report_id)
  const untouched = other?.status === 'open' && !other.pending_finding && other.revision === 0
  if (!untouched) throw refused('incident/nothing-to-undo')
  await moveReports(tx, inside, id)
  await updateIncident(tx, into, { status: 'merged', merged_into: id, report_count: 0 })
  await room.emit(tx, {
    incidentId: into,
    type: 'incident.merged-into',
    actorId: null,
    data: { into: id, reportIds },
  })
}
