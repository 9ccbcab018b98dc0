import type { Tx } from '../kernel/db/database.ts'
import { lastEventData } from '../kernel/events.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { act } from './act.ts'
import { approvalOf } from './approve.ts'
import type { CorrectedTo, Finding } from './contract.ts'
import { correctionOf, publish } from './publish.ts'
import { keepNote } from './record-finding.ts'
import type { IncidentsRoom } from './room.ts'
import type { IncidentRow } from './store.ts'

/** The all-clear: it is over. One person suffices (mission.md). Throws 404, 403 or 409 by the table. */
export function endIncident(
  room: IncidentsRoom,
  tx: Tx,
  id: string,
  actor: Actor,
  note?: string,
): Promise<void> {
  return act(room, tx, { id, action: 'end', actor }, async ({ row, now }) => {
    const approval = await approvalOf(room, tx, actor, 'end', { row, finding: 'ended' })
    await keepNote(room, tx, id, actor, note)
    await publish(room, tx, {
      row,
      status: 'ended',
      kind: 'ended',
      now,
      actorId: actor.personId,
      approvals: [approval],
    })
  })
}

/**
 * "We said X at 14:05; we were wrong: Y." One person suffices, and it is as loud as what it
 * corrects. `now` defaults to `unfounded`, or to `withdrawn` where `unfounded` itself was wrong.
 */
export function correctIncident(
  room: IncidentsRoom,
  tx: Tx,
  id: string,
  actor: Actor,
  body: { now?: CorrectedTo; note?: string },
): Promise<void> {
  return act(room, tx, { id, action: 'correct', actor }, async ({ row, now }) => {
    const { was, to } = await correctedTo(tx, row, body.now)
    const approval = await approvalOf(room, tx, actor, 'correct', { row, finding: to })
    await keepNote(room, tx, id, actor, body.note)
    await publish(room, tx, {
      row,
      status: 'corrected',
      kind: 'corrected',
      now,
      actorId: actor.personId,
      correction: correctionOf(row, was, to),
      approvals: [approval],
    })
  })
}

/** What a correction takes back, and what it says instead. */
export async function correctedTo(
  tx: Tx,
  row: IncidentRow,
  now: CorrectedTo | undefined,
): Promise<{ was: Finding; to: CorrectedTo }> {
  const was = await saidLast(tx, row.id, row.status)
  return { was, to: now ?? (was === 'unfounded' ? 'withdrawn' : 'unfounded') }
}

/** The last finding two people stood behind, when the incident has ended or expired since. */
async function saidLast(tx: Tx, id: string, status: string): Promise<Finding> {
  if (status !== 'ended' && status !== 'expired') return status as Finding
  const signed = await lastEventData<{ status: Finding }>(tx, 'incident', id, 'incident.signed-off')
  return signed?.status ?? 'confirmed'
}
