import { Problem } from '../kernel/problem.ts'
import { act } from './act.ts'
import { publish } from './publish.ts'
import type { IncidentsRoom } from './room.ts'
import { updateIncident } from './store.ts'

/** Most incidents that one run of the clock looks at; the next minute takes the rest. */
const batch = 500

/**
 * What time does: a published incident expires, one that nobody could confirm fades. Run by a job
 * each minute and at each start, so that no restart can keep an alert alive.
 */
export async function passTime(room: IncidentsRoom): Promise<{ expired: number; faded: number }> {
  const { db, clock } = room.kernel
  const now = clock.now()
  const fadedBefore = new Date(now.getTime() - room.policy.fadeHours * 3_600_000)
  const due = await db
    .selectFrom('incidents')
    .select(['id', 'status'])
    .where((eb) =>
      eb.or([
        eb.and([
          eb('status', 'in', ['confirmed', 'other-agency', 'unfounded']),
          eb('expires_at', '<=', now),
        ]),
        eb.and([
          eb('status', '=', 'open'),
          eb('pending_finding', 'is', null),
          eb('last_report_at', '<=', fadedBefore),
        ]),
      ]),
    )
    .limit(batch)
    .execute()
  const count = { expired: 0, faded: 0 }
  for (const { id, status } of due)
    if (await passOne(room, id, status === 'open' ? 'fade' : 'expire'))
      count[status === 'open' ? 'faded' : 'expired']++
  return count
}

/** Answers false if somebody confirmed or ended it in the meantime. */
async function passOne(
  room: IncidentsRoom,
  id: string,
  action: 'expire' | 'fade',
): Promise<boolean> {
  try {
    await room.kernel.db.transaction().execute((tx) =>
      act(room, tx, { id, action, actor: null }, async ({ row, now }) => {
        if (action === 'expire')
          return publish(room, tx, { row, status: 'expired', kind: 'expired', now, actorId: null })
        await updateIncident(tx, id, { status: 'closed' })
        await room.emit(tx, { incidentId: id, type: 'incident.faded', actorId: null, data: {} })
      }),
    )
    return true
  } catch (error) {
    if (error instanceof Problem) return false
    throw error
  }
}
