import { announce } from '../kernel/bus.ts'
import { forgetFacts } from './link-facts.ts'
import { refreshIncident } from './refresh.ts'
import type { IncidentsRoom } from './room.ts'
import { incidentOfReport, lockIncident, updateIncident } from './store.ts'

/** A report was added to or taken back: the incident is worked out again. Safe to run again. */
export async function refreshAfterReport(room: IncidentsRoom, reportId: string): Promise<void> {
  forgetFacts(room, reportId)
  await room.kernel.db.transaction().execute(async (tx) => {
    const link = await incidentOfReport(tx, reportId)
    if (!link) return
    const row = await lockIncident(tx, link.incident_id)
    if (!row) return
    const left = await refreshIncident(room, tx, row.id)
    // Nobody stands by it any more, and nothing was published: there is nothing to check.
    if (!left && row.status === 'open') {
      await updateIncident(tx, row.id, { status: 'closed' })
      await room.emit(tx, {
        incidentId: row.id,
        type: 'incident.withdrawn',
        actorId: null,
        data: {},
      })
    }
    await announce(tx, 'desk')
  })
}
