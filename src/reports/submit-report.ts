import { roundDown } from '../kernel/clock.ts'
import { type Answer, answeredBefore, keyedAnswer } from '../kernel/http/idempotency.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { Problem } from '../kernel/problem.ts'
import type { NewReport, ReportsPolicy } from './contract.ts'
import { detectLanguage } from './detect-language.ts'
import type { Effort } from './effort.ts'
import type { Intake } from './intake.ts'
import { type Placed, placeReport } from './place-report.ts'
import type { Receipts } from './receipts.ts'
import { refusedTime } from './rules.ts'
import { heldBackOf } from './screening/hold-back.ts'
import type { SealedReports } from './sealed-reports.ts'
import type { ReportRow } from './sealed-words.ts'

export interface ReportsRoom {
  kernel: Kernel
  policy: ReportsPolicy
  receipts: Receipts
  effort: Effort
  intake: Intake
  sealed: SealedReports
}

const timeSentences = {
  'reports/in-the-future': 'This time is in the future. Check the date and the time zone.',
  'reports/too-old':
    'This is too long ago to warn anybody of. Tell a community organisation instead; /help lists them.',
}

/** Where a report comes from, beyond what it says. */
export interface Origin {
  source: ReportRow['source']
  sourceId?: string | null
  enteredBy?: string | null
}

/**
 * Takes one report: judges it, and has it written with its event and the wish for its linking. Once
 * that is committed it is accepted, whatever happens to the process (design.md 3.1); the answer comes
 * after. At most once a key: a retry gets the same answer, receipt included. `proof` is what the sender's
 * machine worked out, where we asked for it (S26). Throws 422 with a code of `reports/...`.
 */
export async function takeReport(
  room: ReportsRoom,
  report: NewReport,
  origin: Origin,
  key: string | null,
  proof: string | null = null,
): Promise<Answer> {
  const now = room.kernel.clock.now()
  const observedAt = new Date(report.observedAt)
  const refused = refusedTime(observedAt, now, room.policy)
  const scope = `report ${origin.source} ${origin.enteredBy ?? ''}`
  if (refused) {
    // It may have been taken in time, and its sender asks again for the answer.
    const before =
      key === null ? null : await answeredBefore(room.kernel.db, { scope, key, body: report })
    if (before) return before
    throw timeProblem(refused)
  }
  const receipt = room.receipts.make()
  const row = reportRow(room, {
    report,
    observedAt,
    placed: placeReport(report.place, room.kernel.city),
    receivedAt: now,
    origin,
    receiptHash: receipt.hash,
  })
  const { effort, rankedLast } = await effortOf(room, origin, proof)
  row.ranked_last = rankedLast
  const answer = { status: 201, body: { id: row.id, receipt: receipt.digits } }
  const keyed = key === null ? null : keyedAnswer({ scope, key, body: report }, answer)
  return room.intake.take({ row, keyed, effort, answer })
}

/** Whoever writes through a partner or the desk is never asked for effort, flood or not. */
async function effortOf(
  { effort }: ReportsRoom,
  { source }: Origin,
  proof: string | null,
): Promise<{ effort: string | null; rankedLast: boolean }> {
  if (!strangers.has(source)) return { effort: null, rankedLast: false }
  effort.count()
  if (!effort.needed()) return { effort: null, rankedLast: false }
  const proven = await effort.proven(proof)
  return { effort: proven, rankedLast: proven === null }
}

/** Doors that anybody's program can knock at as fast as it likes. */
const strangers: ReadonlySet<Origin['source']> = new Set(['web', 'api'])

const timeProblem = (code: keyof typeof timeSentences): Problem =>
  new Problem(code, 422, timeSentences[code], [
    { path: 'observedAt', code, message: timeSentences[code] },
  ])

interface RowParts {
  report: NewReport
  observedAt: Date | null
  /** How far off the time may be; 10 unless an import knows less. */
  timeUncertaintyMinutes?: number
  placed: Placed
  receivedAt: Date
  origin: Origin
  receiptHash: string | null
}

/**
 * The row a report becomes. Times at rest are rounded: no row says when somebody held a phone. What
 * identifies somebody is held back before anything is stored, whatever door it came in by.
 */
export function reportRow({ kernel }: ReportsRoom, parts: RowParts): ReportRow {
  const { report, origin } = parts
  const at = roundDown(parts.receivedAt)
  return heldBackOf({
    id: kernel.ids.uuid(),
    source: origin.source,
    source_id: origin.sourceId ?? null,
    entered_by: origin.enteredBy ?? null,
    activity: report.activity,
    // "Just now" is the moment somebody held a phone; records of others keep their own times.
    observed_at:
      origin.source === 'import'
        ? parts.observedAt
        : parts.observedAt && roundDown(parts.observedAt),
    time_uncertainty_minutes: parts.timeUncertaintyMinutes ?? 10,
    received_at: at,
    created_at: at,
    first_hand: report.firstHand,
    place_kind: report.placeKind,
    ...placeColumns(parts.placed),
    ...seenColumns(report),
    ...wordColumns(report),
    ranked_last: false,
    receipt_hash: parts.receiptHash,
    retracted_at: null,
    held_back: null,
  })
}

const placeColumns = (placed: Placed) => ({
  lat: placed.lat,
  lon: placed.lon,
  uncertainty_metres: placed.uncertaintyMetres,
  place_text: placed.text,
  place_label: placed.label,
  cell: placed.cell,
  area_ids: placed.areaIds,
})

const seenColumns = ({ detained, size, ...report }: NewReport) => ({
  size: size === undefined ? null : String(size),
  unit: report.unit ?? null,
  uniform: report.uniform ?? null,
  equipment: report.equipment ?? null,
  still_there: report.stillThere ?? null,
  detained: typeof detained === 'number' ? detained > 0 : (detained ?? null),
  detained_count: typeof detained === 'number' ? detained : null,
  minors_present: report.minorsPresent ?? null,
})

const wordColumns = (report: NewReport) => ({
  description: report.description ?? null,
  language: report.language ?? detectLanguage(report.description),
  media: report.media ?? null,
  media_count: report.media?.length ?? 0,
  contact: report.contact ?? null,
})
