import { roundDown } from '../kernel/clock.ts'
import type { Tx } from '../kernel/db/database.ts'
import { type Answer, type KeyedAnswer, keepAnswers } from '../kernel/http/idempotency.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { limits } from '../kernel/limits.ts'
import { storeReports } from './received.ts'
import type { ReportRow } from './sealed-words.ts'

/** A report on its way to the disk. */
export interface Arrival {
  row: ReportRow
  /** The answer under the sender's key; null where none was given. */
  keyed: KeyedAnswer | null
  /** The name of a proof of effort that counts if it was not spent before. */
  effort: string | null
  answer: Answer
}

interface Waiting {
  arrival: Arrival
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/**
 * Writes what comes in, many reports a commit: while one transaction waits for the disk the next
 * arrivals gather, so that a flood costs few commits and a lone report waits for nobody. Each is answered
 * after its commit (design.md 3.1), those ranked last after the others.
 */
export interface Intake {
  take(arrival: Arrival): Promise<Answer>
}

/** Transactions under way at once: one prepares while one waits for the disk. */
const writers = 2

/** The intake of one process. */
export function makeIntake(kernel: Kernel): Intake {
  const first: Waiting[] = []
  const last: Waiting[] = []
  let writing = 0
  const pump = (): void => {
    if (writing >= writers || first.length + last.length === 0) return
    writing++
    const batch = nextBatch(first, last)
    void write(kernel, batch).finally(() => {
      writing--
      pump()
    })
  }
  return {
    take: (arrival) =>
      new Promise((resolve, reject) => {
        const queue = arrival.row.ranked_last ? last : first
        queue.push({ arrival, resolve, reject })
        // After everything that has arrived by now: they go together.
        setImmediate(pump)
      }),
  }
}

/** The next to be written: those ranked last only where there is room. One of a key at a time. */
function nextBatch(first: Waiting[], last: Waiting[]): Waiting[] {
  const batch: Waiting[] = []
  const keys = new Set<string>()
  for (const queue of [first, last]) {
    const stay: Waiting[] = []
    while (queue.length > 0 && batch.length < limits.reportsPerCommit) {
      const waiting = queue.shift() as Waiting
      const key = waiting.arrival.keyed?.keyHash
      if (key && keys.has(key)) stay.push(waiting)
      else batch.push(waiting)
      if (key) keys.add(key)
    }
    queue.unshift(...stay)
  }
  return batch
}

/** One that cannot be written does not take the others with it: then each goes alone. */
async function write(kernel: Kernel, batch: readonly Waiting[]): Promise<void> {
  try {
    const answers = await kernel.db.transaction().execute((tx) =>
      writeAll(
        kernel,
        tx,
        batch.map(({ arrival }) => arrival),
      ),
    )
    batch.forEach(({ arrival, resolve, reject }) => {
      const answer = answers.get(arrival)
      if (answer instanceof Error) reject(answer)
      else resolve(answer ?? arrival.answer)
    })
  } catch (error) {
    if (batch.length === 1) return void batch[0]?.reject(error)
    for (const waiting of batch) await write(kernel, [waiting])
  }
}

/** Writes the arrivals; answers what differs from their own answer: an earlier one, or why not. */
async function writeAll(
  kernel: Kernel,
  tx: Tx,
  arrivals: readonly Arrival[],
): Promise<Map<Arrival, Answer | Error>> {
  const now = roundDown(kernel.clock.now())
  const keyed = arrivals.flatMap(({ keyed: one }) => (one ? [one] : []))
  const earlier = await keepAnswers(tx, keyed, now)
  const fresh = arrivals.filter(({ keyed: one }) => !one || !earlier.has(one.keyHash))
  await spend(tx, fresh, now)
  await storeReports(
    kernel,
    tx,
    fresh.map(({ row }) => row),
  )
  return new Map(
    arrivals.flatMap((arrival) => {
      const answer = arrival.keyed && earlier.get(arrival.keyed.keyHash)
      return answer ? [[arrival, answer]] : []
    }),
  )
}

/** Counts each proof of effort once; a report whose proof was spent before is ranked last, not refused. */
async function spend(tx: Tx, arrivals: readonly Arrival[], now: Date): Promise<void> {
  const proofs = new Map(arrivals.flatMap(({ effort, row }) => (effort ? [[effort, row]] : [])))
  const spentTwice = arrivals.filter(({ effort, row }) => effort && proofs.get(effort) !== row)
  for (const { row } of spentTwice) row.ranked_last = true
  if (proofs.size === 0) return
  const counted = await tx
    .insertInto('spent_efforts')
    .values([...proofs.keys()].sort().map((hash) => ({ hash, created_at: now })))
    .onConflict((conflict) => conflict.doNothing())
    .returning('hash')
    .execute()
  const good = new Set(counted.map(({ hash }) => hash))
  for (const [hash, row] of proofs) if (!good.has(hash)) row.ranked_last = true
}
