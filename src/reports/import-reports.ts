import { constants } from 'node:fs'
import { access, rm, writeFile } from 'node:fs/promises'
import { basename, dirname } from 'node:path'
import { stringify } from 'csv-stringify/sync'
import { Problem } from '../kernel/problem.ts'
import { type ImportedRow, type ImportOptions, importedRow, putsDayFirst } from './import-fields.ts'
import { type RawRow, readRows } from './import-rows.ts'
import { placeReport } from './place-report.ts'
import { acceptReports } from './received.ts'
import { refusedTime } from './rules.ts'
import type { ReportRow } from './sealed-words.ts'
import { idsBySource } from './store.ts'
import { type ReportsRoom, reportRow } from './submit-report.ts'

export interface ImportRequest {
  file: string
  map?: Record<string, string>
  cityLess?: boolean
  dryRun?: boolean
}

export interface ImportResult {
  accepted: number
  refused: number
  duplicates: number
  /** Where the refused rows are, with their reasons; null if there are none. */
  refusedFile: string | null
  /** The source's id -> our id, of rows accepted now or before. */
  reportIds: Map<string, string>
}

/** Rows stored in one transaction. */
const batchRows = 200

/**
 * Imports a file of reports: each row is accepted, refused with its reason in `FILE.refused.csv`,
 * or known already. Importing twice changes nothing. Old times are allowed, future ones are not.
 */
export async function importReports(
  room: ReportsRoom,
  request: ImportRequest,
): Promise<ImportResult> {
  const { file, map = {}, cityLess = false, dryRun = false } = request
  const rows: RawRow[] = []
  for await (const row of readRows(file)) rows.push(row)
  const options: ImportOptions = {
    map,
    cityLess,
    timeZone: room.kernel.city.timeZone,
    dayFirst: putsDayFirst(dateTexts(rows)),
  }
  const result: ImportResult = {
    accepted: 0,
    refused: 0,
    duplicates: 0,
    refusedFile: null,
    reportIds: new Map(),
  }
  const refusals: { raw: RawRow; reason: string }[] = []
  for (let i = 0; i < rows.length; i += batchRows)
    await importBatch(room, rows.slice(i, i + batchRows), { options, dryRun, result, refusals })
  result.refused = refusals.length
  result.refusedFile = await writeRefusals(`${file}.refused.csv`, refusals)
  return result
}

const dateTexts = (rows: readonly RawRow[]): string[] =>
  rows.flatMap(({ fields }) =>
    Object.values(fields).filter(
      (value): value is string =>
        typeof value === 'string' && value.includes('/') && value.length <= 20,
    ),
  )

interface Batch {
  options: ImportOptions
  dryRun: boolean
  result: ImportResult
  refusals: { raw: RawRow; reason: string }[]
}

async function importBatch(
  room: ReportsRoom,
  raws: readonly RawRow[],
  batch: Batch,
): Promise<void> {
  const ready: { sourceId: string; row: ReportRow }[] = []
  for (const raw of raws) {
    const made = rowOf(room, raw, batch.options)
    if ('reason' in made) batch.refusals.push({ raw, reason: made.reason })
    else ready.push(made)
  }
  await room.kernel.db.transaction().execute(async (tx) => {
    const known = await idsBySource(
      tx,
      'import',
      ready.map(({ sourceId }) => sourceId),
    )
    const fresh: ReportRow[] = []
    for (const { sourceId, row } of ready) {
      const before = known.get(sourceId) ?? batch.result.reportIds.get(sourceId)
      if (before) batch.result.duplicates++
      else fresh.push(row)
      batch.result.reportIds.set(sourceId, before ?? row.id)
    }
    batch.result.accepted += fresh.length
    const arrivals = fresh.map((row) => ({ row, keyed: null, effort: null }))
    if (!batch.dryRun) await acceptReports(room.kernel, tx, arrivals)
  })
}

function rowOf(
  room: ReportsRoom,
  raw: RawRow,
  options: ImportOptions,
): { sourceId: string; row: ReportRow } | { reason: string } {
  if (raw.broken) return { reason: raw.broken }
  const imported: ImportedRow = importedRow(raw.fields, raw.number, options)
  if ('refused' in imported) return { reason: imported.refused }
  const now = room.kernel.clock.now()
  if (
    imported.observedAt &&
    refusedTime(imported.observedAt, now, { ...room.policy, maxAgeHours: Number.POSITIVE_INFINITY })
  )
    return { reason: 'observedAt: this time is in the future' }
  try {
    const placed = placeReport(imported.report.place, room.kernel.city, {
      cityLess: options.cityLess,
    })
    const row = reportRow(room, {
      report: imported.report,
      observedAt: imported.observedAt,
      timeUncertaintyMinutes: imported.timeUncertaintyMinutes,
      placed,
      receivedAt: now,
      origin: { source: 'import', sourceId: imported.sourceId },
      receiptHash: null,
    })
    return { sourceId: imported.sourceId, row }
  } catch (error) {
    if (error instanceof Problem) return { reason: `place: ${error.message}` }
    throw error
  }
}

/**
 * Every refused row as it came, with its reason: fix the file and import it again. Beside the file,
 * or here where that folder may not be written. Answers where; null if nothing was refused.
 */
async function writeRefusals(
  wanted: string,
  refusals: readonly { raw: RawRow; reason: string }[],
): Promise<string | null> {
  const folder = dirname(wanted)
  const writable = await access(folder, constants.W_OK).then(
    () => true,
    () => false,
  )
  const path = writable ? wanted : basename(wanted)
  await rm(path, { force: true })
  if (refusals.length === 0) return null
  const columns = [...new Set(refusals.flatMap(({ raw }) => Object.keys(raw.fields)))]
  const rows = refusals.map(({ raw, reason }) => ({ row: raw.number, reason, ...raw.fields }))
  const csv = stringify(rows, {
    header: true,
    escape_formulas: true,
    columns: ['row', 'reason', ...columns],
  })
  await writeFile(path, csv, { mode: 0o600 })
  return path
}
