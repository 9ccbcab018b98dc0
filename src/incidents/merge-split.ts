import { announce } from '../kernel/bus.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { notFound } from '../kernel/problem.ts'
import { reportsById } from '../reports/index.ts'
import { act, refused } from './act.ts'
import { nothingPending } from './publish.ts'
import { factsOf, refreshIncident, rowOf } from './refresh.ts'
import { type IncidentsRoom, stateOf } from './room.ts'
import { refusal } from './rules.ts'
import {
  type IncidentRow,
  insertIncident,
  linksOf,
  lockIncidents,
  moveReports,
  notSetAside,
  updateIncident,
} from './store.ts'

/**
 * Makes one incident of several: into the published one, else the one that was asked for, else the
 * oldest. A finding that waits is dropped: it was made of other facts. Answers the id that lives on. Throws 404, 403, 409.
 */
export async function mergeIncidents(
  room: IncidentsRoom,
  tx: Tx,
  ids: readonly string[],
  actor: Actor,
  wanted?: string,
): Promise<string> {
  const rows = await lockIncidents(tx, [...new Set(ids)])
  if (rows.length < 2 || rows.length !== new Set(ids).size)
    throw notFound('Some of these incidents do not exist.')
  for (const row of rows) await allow(room, tx, row, actor)
  if (rows.filter((row) => row.revision > 0).length > 1) throw refused('incident/both-published')
  const [into, ...others] = [...rows].sort(
    (a, b) =>
      b.revision - a.revision ||
      Number(b.id === wanted) - Number(a.id === wanted) ||
      a.created_at.getTime() - b.created_at.getTime() ||
      a.id.localeCompare(b.id),
  ) as [IncidentRow, ...IncidentRow[]]
  const moved: Record<string, string[]> = {}
  for (const other of others) moved[other.id] = await absorb(room, tx, other, into.id, actor)
  await updateIncident(tx, into.id, { ...nothingPending, ...notSetAside })
  await refreshIncident(room, tx, into.id)
  await room.emit(tx, {
    incidentId: into.id,
    type: 'incident.merged',
    actorId: actor.personId,
    data: { moved },
  })
  await announce(tx, 'desk')
  return into.id
}

async function allow(room: IncidentsRoom, tx: Tx, row: IncidentRow, actor: Actor): Promise<void> {
  const state = await stateOf(room, tx, row)
  const why = refusal({
    action: 'merge',
    state,
    actor,
    now: room.kernel.clock.now(),
    policy: room.policy,
  })
  if (why) throw refused(why)
}

async function absorb(
  room: IncidentsRoom,
  tx: Tx,
  other: IncidentRow,
  into: string,
  actor: Actor,
): Promise<string[]> {
  const reportIds = (await linksOf(tx, other.id)).map((link) => link.report_id)
  if (reportIds.length > 0) await moveReports(tx, reportIds, into)
  await updateIncident(tx, other.id, {
    status: 'merged',
    merged_into: into,
    report_count: 0,
    ...nothingPending,
  })
  await room.emit(tx, {
    incidentId: other.id,
    type: 'incident.merged-into',
    actorId: actor.personId,
    data: { into },
  })
  return reportIds
}

/** Takes some reports out into an incident of their own. Answers its id. Throws 404, 403, 409. */
export function splitIncident(
  room: IncidentsRoom,
  tx: Tx,
  id: string,
  reportIds: readonly string[],
  actor: Actor,
): Promise<string> {
  return act(room, tx, { id, action: 'split', actor }, async () => {
    const inside = new Set((await linksOf(tx, id)).map((link) => link.report_id))
    const leaving = [...new Set(reportIds)]
    if (leaving.some((reportId) => !inside.has(reportId))) throw refused('incident/not-its-reports')
    if (leaving.length === inside.size) throw refused('incident/all-reports')
    const newId = await openWith(room, tx, leaving)
    await updateIncident(tx, id, nothingPending)
    await refreshIncident(room, tx, id)
    await room.emit(tx, {
      incidentId: id,
      type: 'incident.split',
      actorId: actor.personId,
      data: { into: newId, reportIds: leaving },
    })
    return newId
  })
}

async function openWith(
  room: IncidentsRoom,
  tx: Tx,
  reportIds: readonly string[],
): Promise<string> {
  const owner = { id: room.kernel.ids.code(), created_at: room.kernel.clock.now() }
  const { id } = owner
  await insertIncident(tx, {
    ...owner,
    status: 'open',
    ...rowOf(room, owner, factsOf(room, await reportsById(room.reports, tx, reportIds))),
    ...nothingPending,
    ...notSetAside,
    revision: 0,
    confirmed_at: null,
    expires_at: null,
    merged_into: null,
  })
  await moveReports(tx, reportIds, id)
  await room.emit(tx, { incidentId: id, type: 'incident.opened', actorId: null, data: {} })
  return id
}
