// Purpose: takes anyone's account of an enforcement action, in a minute, and never loses it.
// Words: report, receipt, addition.
// Stores: reports, report_additions. Emits: report.received, report.added-to, report.retracted.
// Opens: the kernel only.
// Never: an IP address, a device, a precise moment; a word of a report in an event or a log.
import type { Db, Tx } from '../kernel/db/database.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { ReportsPolicy } from './contract.ts'
import { makeReceipts } from './receipts.ts'
import type { ReportsRoom } from './submit-report.ts'

export { myReport, reportsApi, takeReport } from './api.ts'
export type { NewReport, ReportOutcome } from './contract.ts'
export { type ImportResult, importReports } from './import-reports.ts'
export { addToReport, retract } from './my-report.ts'
export { placeReportById } from './place-by-desk.ts'
export type { ReportRow } from './sealed-words.ts'
export { type AdditionRow, additionsOf, reportsById } from './store.ts'
export type { ReportsRoom } from './submit-report.ts'

/** Makes the room. Throws if the pack's policy for it is not valid. */

export const makeReports = (kernel: Kernel): ReportsRoom => ({
  kernel,
  policy: ReportsPolicy.parse(kernel.city.policy.reports),
  receipts: makeReceipts(kernel.ids, kernel.secrets.receiptPepper),
})

/** Reports that no incident holds yet, oldest first, at most `limit`. */
export const unlinkedReports = (db: Db | Tx, limit: number): Promise<{ id: string }[]> =>
  db
    .selectFrom('reports')
    .leftJoin('incident_reports', 'incident_reports.report_id', 'reports.id')
    .select('reports.id')
    .where('incident_reports.report_id', 'is', null)
    .where('reports.retracted_at', 'is', null)
    .orderBy('reports.observed_at')
    .orderBy('reports.id')
    .limit(limit)
    .execute()
