import { roundDown } from '../kernel/clock.ts'
import type { Tx } from '../kernel/db/database.ts'
import { limits } from '../kernel/limits.ts'
import { Problem } from '../kernel/problem.ts'
import { type Addition, receiptDigits } from './contract.ts'
import { deleteMediaOf } from './media/store.ts'
import { additionHeldBack } from './screening/hold-back.ts'
import type { ReportRow } from './sealed-words.ts'
import {
  additionsOf,
  insertAddition,
  reportByReceipt,
  retractReport,
  setStillThere,
} from './store.ts'
import type { ReportsRoom } from './submit-report.ts'

const unknownReceipt = (): Problem =>
  new Problem('reports/unknown-receipt', 404, 'No report has this receipt. Check the 16 digits.')

/** The report of whoever holds this receipt. Throws 404; a wrong one costs as long as a right one. */
export async function reportOf(room: ReportsRoom, tx: Tx, receipt: string): Promise<ReportRow> {
  const digits = receiptDigits(receipt)
  if (!digits) throw unknownReceipt()
  const report = await reportByReceipt(
    room.kernel.sealing,
    tx,
    await room.receipts.hashesOf(digits),
  )
  if (!report) throw unknownReceipt()
  return report
}

/** Adds to a report. Throws 404 `reports/unknown-receipt`, 409 `reports/retracted`, 409 `reports/too-many-additions`. */
export async function addToReport(
  room: ReportsRoom,
  tx: Tx,
  receipt: string,
  addition: Addition,
): Promise<void> {
  await addTo(room, tx, await reportOf(room, tx, receipt), addition)
}

/** The same, for whoever has looked the report up already: each look costs a slow hash. */
export async function addTo(
  room: ReportsRoom,
  tx: Tx,
  report: ReportRow,
  addition: Addition,
): Promise<void> {
  if (report.retracted_at)
    throw new Problem(
      'reports/retracted',
      409,
      'This report was taken back; nothing can be added to it.',
    )
  if ((await additionsOf(room, tx, [report.id])).length >= limits.additionsPerReport)
    throw new Problem(
      'reports/too-many-additions',
      409,
      `A report takes at most ${limits.additionsPerReport} additions. Send a new report.`,
    )
  const at = roundDown(room.kernel.clock.now())
  await insertAddition(room.kernel.sealing, tx, {
    id: room.kernel.ids.uuid(),
    report_id: report.id,
    ...additionHeldBack(addition.text ?? null),
    still_there: addition.stillThere ?? null,
    created_at: at,
  })
  if (addition.stillThere !== undefined) await setStillThere(tx, report.id, addition.stillThere)
  await emit(room, tx, report.id, 'report.added-to', at)
}

/** Takes a report back: its words go at once, and it no longer counts. Twice does nothing more. */
export async function retract(room: ReportsRoom, tx: Tx, receipt: string): Promise<void> {
  const report = await reportOf(room, tx, receipt)
  if (report.retracted_at) return
  const at = roundDown(room.kernel.clock.now())
  await retractReport(tx, report.id, at)
  await tx.deleteFrom('report_additions').where('report_id', '=', report.id).execute()
  await deleteMediaOf(tx, report.id)
  await emit(room, tx, report.id, 'report.retracted', at)
}

const emit = (
  { kernel }: ReportsRoom,
  tx: Tx,
  reportId: string,
  type: string,
  at: Date,
): Promise<void> =>
  kernel.emit(tx, {
    id: kernel.ids.uuid(),
    stream: 'report',
    streamId: reportId,
    type,
    actorId: null,
    data: {},
    at,
  })
