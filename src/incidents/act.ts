import { announce } from '../kernel/bus.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { notFound, Problem } from '../kernel/problem.ts'
import { type IncidentsRoom, stateOf } from './room.ts'
import { type Action, type IncidentState, type Question, refusal, sentences } from './rules.ts'
import { type IncidentRow, lockIncident } from './store.ts'

/** An action on one incident, decided by `rules.ts` while its row is locked. */
export interface Act {
  row: IncidentRow
  state: IncidentState
  now: Date
}

type Extra = Pick<Question, 'finding' | 'basis'>

/**
 * Locks the incident, asks the table, and runs `change` if it may happen: all in the caller's
 * transaction, so that of two people who act at once the second sees what the first did.
 * Throws 404, 403 or 409 with the table's code.
 */
export async function act<T>(
  room: IncidentsRoom,
  tx: Tx,
  asked: { id: string; action: Action; actor: Actor | null } & Extra,
  change: (current: Act) => Promise<T>,
): Promise<T> {
  const row = await lockIncident(tx, asked.id)
  if (!row) throw notFound('There is no incident of this number.')
  const now = room.kernel.clock.now()
  const state = await stateOf(room, tx, row)
  const why = refusal({ ...asked, state, now, policy: room.policy })
  if (why) throw refused(why)
  const result = await change({ row, state, now })
  await announce(tx, 'desk')
  return result
}

/** The problem of a refusal: 403 where the role is wrong, 409 where the moment is. */
export const refused = (code: string): Problem =>
  new Problem(
    code,
    code === 'incident/not-permitted' ? 403 : 409,
    sentences[code] ?? 'This cannot be done now.',
  )
