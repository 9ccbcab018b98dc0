// Purpose: makes incidents of reports, and lets trained people confirm, refute, end and correct them.
// Words: incident, finding, sign-off, verifier. Stores: incidents, incident_reports, proposed_links, finding_notes.
// Emits: incident.opened, .report-linked, .found, .signed-off, .published, .merged, .split, .set-aside, .kept-apart, .undone, .faded.
// Opens: reports. Hears: report.received, report.added-to, report.retracted.
// Never: publishes what two people have not stood behind; shows a place more precisely than its kind allows.
import { roundDown } from '../kernel/clock.ts'
import type { Subscriptions } from '../kernel/events.ts'
import type { Handlers } from '../kernel/jobs.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { ReportsRoom } from '../reports/index.ts'
import { IncidentsPolicy } from './contract.ts'
import { linkReports } from './link-reports.ts'
import { passTime } from './pass-time.ts'
import { alikeTo, queue } from './queue.ts'
import { refreshAfterReport } from './refresh-after-report.ts'
import type { IncidentsRoom } from './room.ts'
import { rowActs } from './row-acts.ts'
import { incidentView } from './views.ts'

export { approvalsApi, incidentsApi } from './api.ts'
export type { FindingBody, GeoJsonGeometry, PublicationKind, PublicIncident } from './contract.ts'
export { deskStream } from './desk-stream.ts'
export { correctIncident, endIncident } from './end-incident.ts'
export { linkReports } from './link-reports.ts'
export { mergeIncidents, splitIncident } from './merge-split.ts'
export { placeIncident } from './place-incident.ts'
export { keepApart } from './proposals.ts'
export type { QueueItem } from './queue.ts'
export { recordFinding } from './record-finding.ts'
export type { IncidentsRoom } from './room.ts'
export type { RowAct } from './row-acts.ts'
export { setAside, undoSetAside } from './set-aside.ts'
export { signOff } from './sign-off.ts'
export { undoLast } from './undo-last.ts'
export { type IncidentView, outcomeOf } from './views.ts'

/** What the desk reads of incidents. */
export const incidentDesk = { queue, alikeTo, rowActs, incidentView }

/** Makes the room. Throws if the pack's policy for it is not valid. */
export const makeIncidents = (
  kernel: Kernel,
  reports: ReportsRoom,
  desk: Pick<IncidentsRoom, 'namesOf' | 'takeApproval'>,
): IncidentsRoom => ({
  kernel,
  reports,
  policy: IncidentsPolicy.parse(kernel.city.policy.incidents),
  ...desk,
  emit: (tx, { incidentId, type, actorId, data }) =>
    kernel.emit(tx, {
      id: kernel.ids.uuid(),
      stream: 'incident',
      streamId: incidentId,
      type,
      actorId,
      data,
      // What no person of the desk did was caused by a report: its moment is nobody's business.
      at: actorId ? kernel.clock.now() : roundDown(kernel.clock.now()),
    }),
})

/** What the room hears: linking and refreshing run one after the other, in one queue. */
export const incidentsHears: Subscriptions = {
  'report.received': [{ job: 'incidents:link', queue: 'linking', together: true }],
  'report.added-to': [{ job: 'incidents:refresh', queue: 'linking' }],
  'report.retracted': [{ job: 'incidents:refresh', queue: 'linking' }],
}

/** The room's jobs. */
export const incidentsJobs = (room: IncidentsRoom): Handlers => ({
  'incidents:link': async () => void (await linkReports(room)),
  'incidents:refresh': (payload) => refreshAfterReport(room, String(payload.streamId)),
  'incidents:pass-time': async () => void (await passTime(room)),
})
