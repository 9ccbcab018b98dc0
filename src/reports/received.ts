import { sql } from 'kysely'
import { timeText } from '../kernel/clock.ts'
import type { Db, Tx } from '../kernel/db/database.ts'
import type { DomainEvent } from '../kernel/events.ts'
import { type Answer, earlierAnswer, type KeyedAnswer } from '../kernel/http/idempotency.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Problem } from '../kernel/problem.ts'
import { type ReportRow, sealReport } from './sealed-words.ts'

/** A report on its way to the disk. */
export interface Arrival {
  row: ReportRow
  /** The answer under the sender's key; null where none was given. */
  keyed: KeyedAnswer | null
  /** The name of a proof of effort that counts if it was not spent before. */
  effort: string | null
}

interface KeptAnswer {
  key_hash: string
  body_hash: string
  status: number
  sealed_answer: Buffer
}

type Keeper = Pick<Kernel, 'sealing' | 'outbox' | 'ids'>

/**
 * Writes reports with their events, jobs and answers in one statement: all of them or none, and once
 * it is committed they are accepted. Answers, by the key's hash, what those keys were answered before;
 * their reports are not written again. Nor is what its source has sent before.
 */
export async function acceptReports(
  kernel: Keeper,
  db: Db | Tx,
  arrivals: readonly Arrival[],
): Promise<Map<string, Answer | Problem>> {
  if (arrivals.length === 0) return new Map()
  const answers = arrivals.flatMap(({ keyed, row }) => (keyed ? [answerRow(keyed, row)] : []))
  const efforts = arrivals.flatMap(({ effort, row }) => (effort ? [{ id: row.id, effort }] : []))
  const stored = arrivals.map(({ row }) => storedRow(kernel, row))
  const { happened, wishes } = kernel.outbox(arrivals.map(({ row }) => received(kernel, row)))
  const { rows } = await sql<KeptAnswer>`
    select * from accept_reports(${answers.length}, ${JSON.stringify(answers)}::json, ${JSON.stringify(efforts)}::json,
      ${stored.length}, ${JSON.stringify(stored)}::json, ${happened}::json, ${wishes}::json)`.execute(
    db,
  )
  const known = new Map(rows.map((row) => [row.key_hash, row]))
  return new Map(
    arrivals.flatMap(({ keyed }) => {
      const kept = keyed && known.get(keyed.keyHash)
      return kept ? [[keyed.keyHash, earlierAnswer(keyed, kept)]] : []
    }),
  )
}

const hex = (bytes: Buffer): string => `\\x${bytes.toString('hex')}`

function storedRow({ sealing }: Keeper, row: ReportRow) {
  const { sealed, ...rest } = sealReport(sealing, row)
  return asJson({ ...rest, sealed: sealed && hex(sealed) })
}

/** A row as JSON has it: what is not there is null all the same, which is half of a report's columns. */
function asJson(row: Record<string, unknown>): Record<string, unknown> {
  const kept: Record<string, unknown> = {}
  for (const name in row) {
    const value = row[name]
    if (value !== null) kept[name] = value instanceof Date ? timeText(value) : value
  }
  return kept
}

const answerRow = ({ keyHash, bodyHash, status, sealed }: KeyedAnswer, row: ReportRow) => ({
  report_id: row.id,
  key_hash: keyHash,
  body_hash: bodyHash,
  status,
  sealed_answer: hex(sealed),
  created_at: timeText(row.created_at),
})

const received = ({ ids }: Keeper, row: ReportRow): DomainEvent => ({
  id: ids.uuid(),
  stream: 'report',
  streamId: row.id,
  type: 'report.received',
  actorId: row.entered_by,
  // The log is kept for good: it says that a report came in, and nothing of it.
  data: {},
  at: row.received_at,
})
