import { z } from 'zod'
import type { Actor } from '../kernel/http/actor.ts'
import { act } from './act.ts'
import { matterOf } from './approve.ts'
import { corrections, findings } from './contract.ts'
import { correctedTo } from './end-incident.ts'
import type { IncidentsRoom, Matter } from './room.ts'

/** Which act a passkey is to be asked for. */
export const ApprovalBody = z.strictObject({
  act: z.enum(['find', 'sign-off', 'end', 'correct']),
  finding: z.enum(findings).optional(),
  /** Of a correction: what is so instead. */
  now: z.enum(corrections).optional(),
})
export type ApprovalBody = z.infer<typeof ApprovalBody>

/**
 * What this person would approve by doing that now. Asked by the same table as the act itself, so
 * that nobody is asked for a passkey in vain. Throws 404, 403 or 409 by the table.
 */
export function matterFor(
  room: IncidentsRoom,
  id: string,
  actor: Actor,
  body: ApprovalBody,
): Promise<Matter> {
  return room.kernel.db.transaction().execute((tx) =>
    act(room, tx, { id, action: body.act, actor, ...given(body) }, async ({ row }) => {
      if (body.act === 'end') return matterOf(room, tx, 'end', { row, finding: 'ended' })
      if (body.act !== 'correct')
        return matterOf(room, tx, body.act, { row, finding: body.finding ?? 'inconclusive' })
      const { to } = await correctedTo(tx, row, body.now)
      return matterOf(room, tx, 'correct', { row, finding: to })
    }),
  )
}

/** On what a finding rests is not approved by key: the act itself asks for it. */
const given = (body: ApprovalBody) => (body.finding ? { finding: body.finding } : {})
