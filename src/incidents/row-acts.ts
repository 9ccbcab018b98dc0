import type { Actor } from '../kernel/http/actor.ts'
import type { QueueItem } from './queue.ts'
import type { IncidentsRoom } from './room.ts'
import { type Action, type IncidentState, refusal } from './rules.ts'

/** What an operator may do to a row without opening it. */
const inQueue = [
  'set-aside',
  'merge',
  'keep-apart',
  'place',
  'find',
  'undo',
] as const satisfies Action[]
export type RowAct = (typeof inQueue)[number]

/**
 * What the table lets this person do to a row of the queue now. It knows the row only: who reported
 * it is asked when the act is done.
 */
export function rowActs(room: IncidentsRoom, row: QueueItem, actor: Actor): RowAct[] {
  const now = room.kernel.clock.now()
  const state: IncidentState = {
    status: row.status as IncidentState['status'],
    pending: row.pending && {
      finding: row.pending.finding as 'confirmed',
      basis: row.pending.basis as 'on-scene',
      by: row.pending.by,
      organisationId: '',
      at: new Date(row.pending.at),
    },
    reporterIds: [],
    firstHandWithMedia: 0,
    reportCount: row.reportCount,
    expiresAt: row.expiresAt === null ? null : new Date(row.expiresAt),
    lastReportAt: new Date(row.lastReportAt),
    setAside: row.setAside,
  }
  const asks: Partial<Record<RowAct, boolean>> = {
    merge: row.proposal !== null,
    'keep-apart': row.proposal !== null,
    place: row.needsPlace,
    undo: row.setAside,
  }
  return inQueue.filter(
    (action) =>
      asks[action] !== false &&
      refusal({ action, state, actor, now, policy: room.policy, finding: 'unfounded' }) === null,
  )
}
