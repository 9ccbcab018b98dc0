// Purpose: takes anyone's account of an enforcement action, in a minute, and never loses it.
// Words: report, receipt, addition, media.
// Stores: reports, report_additions, report_media. Emits: report.received, report.added-to, report.retracted,
// report.media-received, report.media-reviewed.
// Opens: the kernel only.
// Never: an IP address, a device, a precise moment; a word of a report in an event or a log.
import type { Db, Tx } from '../kernel/db/database.ts'
import type { Subscriptions } from '../kernel/events.ts'
import type { Handlers } from '../kernel/jobs.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { ReportsPolicy } from './contract.ts'
import { makeEffort } from './effort.ts'
import { hardenReceipts } from './harden-receipts.ts'
import { makeIntake } from './intake.ts'
import { type MediaRoom, sweepMedia } from './media/index.ts'
import { makeReceipts } from './receipts.ts'
import { makeSealedReports } from './sealed-reports.ts'
import { forgetDialogues } from './sms/index.ts'
import type { ReportsRoom } from './submit-report.ts'

export { myReport, reportsApi } from './api.ts'
export type { NewReport, ReportOutcome } from './contract.ts'
export { type ImportResult, importReports } from './import-reports.ts'
export {
  described as describedMedia,
  type MediaRoom,
  type MediaRow,
  makeMedia,
  mediaApi,
  mediaOf,
  reviewMedia,
} from './media/index.ts'
export { addToReport, retract } from './my-report.ts'
export { placeReportById } from './place-by-desk.ts'
export { heldBackApi } from './screening/api.ts'
export type { ReportRow } from './sealed-words.ts'
export { makeSms, smsApi } from './sms/index.ts'
export { type AdditionRow, additionsOf, reportsById } from './store.ts'
export { type ReportsRoom, takeReport } from './submit-report.ts'
export { takeCall } from './take-call.ts'

/** Makes the room. Throws if the pack's policy for it is not valid. */
export function makeReports(kernel: Kernel): ReportsRoom {
  const policy = ReportsPolicy.parse(kernel.city.policy.reports)
  const { receiptPepper, sealedToUs } = kernel.secrets
  return {
    kernel,
    policy,
    receipts: makeReceipts(kernel.ids, receiptPepper),
    effort: makeEffort(policy, receiptPepper, kernel.clock),
    intake: makeIntake(kernel),
    sealed: makeSealedReports(sealedToUs),
  }
}

/** What the room hears of itself. */
export const reportsHears: Subscriptions = {
  'report.retracted': [{ job: 'reports:sweep-media', queue: 'media', together: true }],
  'report.received': [{ job: 'reports:harden', queue: 'receipts', together: true }],
}

/** The room's jobs. */
export const reportsJobs = (room: ReportsRoom, media: MediaRoom): Handlers => ({
  'reports:sweep-media': () => sweepMedia(media),
  'reports:harden': () => hardenReceipts(room),
  'reports:forget-dialogues': async () => {
    await forgetDialogues(room.kernel.db, room.kernel.clock.now())
  },
})

/** Reports that no incident holds yet, oldest first, those ranked last after the others; at most `limit`. */
export const unlinkedReports = (db: Db | Tx, limit: number): Promise<{ id: string }[]> =>
  db
    .selectFrom('reports')
    .leftJoin('incident_reports', 'incident_reports.report_id', 'reports.id')
    .select('reports.id')
    .where('incident_reports.report_id', 'is', null)
    .where('reports.retracted_at', 'is', null)
    .orderBy('reports.ranked_last')
    .orderBy('reports.observed_at')
    .orderBy('reports.id')
    .limit(limit)
    .execute()
