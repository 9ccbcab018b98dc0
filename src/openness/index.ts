// Purpose: the public record: what is true now, what was said before, in words, feeds and a stream.
// Words: publication, finding, correction, all-clear. Stores: publications, desk_activity.
// Hears: incident.published, incident.found. Opens: incidents, for its types only.
// Emits: nothing yet; alerts and the log follow the same events.
// Never: holds anything but what two people signed off, at the precision the place allows.
import type { Subscriptions } from '../kernel/events.ts'
import type { Handlers } from '../kernel/jobs.ts'
import { noteChecked, publishIncident, tellOfAlert } from './publish-incident.ts'
import type { OpennessRoom } from './room.ts'

export { opennessApi } from './api.ts'
export { type CheckAnswer, check } from './check.ts'
export { type HistoryEntry, type LiveView, listIncidents, publicIncident } from './live.ts'
export type { OpennessRoom } from './room.ts'
export { type Stream, startStream } from './stream.ts'
export { wordsOf } from './words.ts'

/** What the room hears: publications in the order they were made, one after the other. */
export const opennessHears: Subscriptions = {
  'incident.published': [{ job: 'openness:publish', queue: 'openness' }],
  'alert.issued': [{ job: 'openness:sign', queue: 'openness' }],
  'incident.found': [{ job: 'openness:checked', queue: 'openness' }],
}

/** The room's jobs. */
export const opennessJobs = (room: OpennessRoom): Handlers => ({
  'openness:publish': (payload) =>
    publishIncident(room, payload as unknown as Parameters<typeof publishIncident>[1]),
  'openness:sign': (payload) =>
    tellOfAlert(room, payload as unknown as Parameters<typeof tellOfAlert>[1]),
  'openness:checked': async () => void (await noteChecked(room)),
})
