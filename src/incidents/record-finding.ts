import type { Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { act } from './act.ts'
import { approvalOf } from './approve.ts'
import type { FindingBody } from './contract.ts'
import { insertNote } from './notes.ts'
import type { IncidentsRoom } from './room.ts'
import { notSetAside, updateIncident } from './store.ts'

/**
 * Records what a trained person found; it waits for its sign-off. A later finding takes the place
 * of an earlier one that nobody signed. Throws 404, 403 or 409 by the table in `rules.ts`.
 */
export function recordFinding(
  room: IncidentsRoom,
  tx: Tx,
  id: string,
  actor: Actor,
  body: FindingBody,
): Promise<void> {
  const { finding, basis } = body
  return act(room, tx, { id, action: 'find', actor, finding, basis }, async ({ row, now }) => {
    await updateIncident(tx, id, {
      pending_finding: finding,
      pending_basis: basis,
      pending_by: actor.personId,
      pending_organisation_id: actor.organisationId,
      pending_at: now,
      pending_approval:
        finding === 'confirmed'
          ? await approvalOf(room, tx, actor, 'find', { row, finding })
          : null,
      ...notSetAside,
    })
    await keepNote(room, tx, id, actor, body.note)
    await room.emit(tx, {
      incidentId: id,
      type: 'incident.found',
      actorId: actor.personId,
      data: { finding, basis },
    })
  })
}

/** What a person wrote beside what they did: for the desk, restricted, never in an event. */
export async function keepNote(
  room: IncidentsRoom,
  tx: Tx,
  id: string,
  actor: Actor,
  note: string | undefined,
): Promise<void> {
  if (!note) return
  const { ids, clock } = room.kernel
  await insertNote(room, tx, {
    id: ids.uuid(),
    incident_id: id,
    person_id: actor.personId,
    note,
    created_at: clock.now(),
  })
}
