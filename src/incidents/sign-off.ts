import type { Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { act } from './act.ts'
import { approvalOf } from './approve.ts'
import type { Finding, PublicIncident } from './contract.ts'
import { correctionOf, nothingPending, publish } from './publish.ts'
import type { IncidentsRoom } from './room.ts'
import { statusAfterSignOff } from './rules.ts'
import { updateIncident } from './store.ts'

/**
 * The second person stands behind a finding: it becomes public with the commit. A finding that
 * contradicts what stands is published as a correction of it. Throws 404, 403 or 409 by the table.
 */
export function signOff(
  room: IncidentsRoom,
  tx: Tx,
  id: string,
  actor: Actor,
  finding: Finding,
): Promise<void> {
  return act(room, tx, { id, action: 'sign-off', actor, finding }, async ({ row, state, now }) => {
    const approval = await approvalOf(room, tx, actor, 'sign-off', { row, finding })
    const status = statusAfterSignOff(state.status, finding)
    await room.emit(tx, {
      incidentId: id,
      type: 'incident.signed-off',
      actorId: actor.personId,
      data: { finding, foundBy: state.pending?.by, status },
    })
    if (finding === 'inconclusive') {
      await updateIncident(tx, id, { status, ...nothingPending })
      return
    }
    const first = state.status === 'open'
    await publish(room, tx, {
      row,
      status: status as PublicIncident['status'],
      kind: first ? 'confirmed' : 'update',
      now,
      actorId: actor.personId,
      approvals: [...(row.pending_approval ? [row.pending_approval] : []), approval],
      correction:
        !first && state.status !== finding ? correctionOf(row, state.status, finding) : null,
    })
  })
}
