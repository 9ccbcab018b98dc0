import type { Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { lastSnapshot, placeFor } from './publish.ts'
import type { IncidentsRoom, Matter } from './room.ts'
import type { IncidentRow } from './store.ts'

export type ApprovedAct = Matter['act']

/**
 * What somebody stands behind who does this to an incident as it is now. A finding is of a
 * neighbourhood, since reports may still come; whoever makes it public stands behind the very place
 * and revision that will be said. Change a fact and the approval is of something else.
 */
export async function matterOf(
  room: IncidentsRoom,
  tx: Tx,
  act: ApprovedAct,
  { row, finding }: { row: IncidentRow; finding: string },
): Promise<Matter> {
  const object = row.id
  if (act === 'find') return { act, object, facts: { finding, areas: row.area_ids } }
  const earlier = row.revision > 0 ? await lastSnapshot(tx, row.id) : null
  const kind = act === 'end' ? 'ended' : act === 'correct' ? 'corrected' : 'confirmed'
  const { precision, placeLabel, areaIds } = placeFor(room, row, kind, earlier)
  const facts = {
    finding,
    revision: row.revision + 1,
    precision,
    place: placeLabel,
    areas: areaIds,
  }
  return { act, object, facts }
}

/**
 * Takes the approval this act needs, in its transaction. What starts an alert needs a trusted key;
 * what ends or corrects one is never held up by a key.
 */
export async function approvalOf(
  room: IncidentsRoom,
  tx: Tx,
  actor: Actor,
  act: ApprovedAct,
  of: { row: IncidentRow; finding: string },
): Promise<string> {
  const starts = (act === 'find' || act === 'sign-off') && of.finding === 'confirmed'
  return room.takeApproval(tx, actor, await matterOf(room, tx, act, of), starts)
}
