import type { Answer } from '../kernel/http/idempotency.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { limits } from '../kernel/limits.ts'
import { type Arrival, acceptReports } from './received.ts'

/** A report to be written, and the answer it has once it is. */
export interface Taken extends Arrival {
  answer: Answer
}

interface Waiting {
  arrival: Taken
  resolve(answer: Answer): void
  reject(error: unknown): void
}

/**
 * Writes what comes in, many reports a commit: while one transaction is under way the next arrivals
 * gather, so that a flood costs few commits and a lone report waits for nobody. Each is answered after its
 * commit (design.md 3.1), those ranked last after the others. One at a time is quicker than two, which halve
 * each other's batches; but one that hangs, on a lock or a disk, does not hold up the rest: then a second goes.
 */
export interface Intake {
  take(arrival: Taken): Promise<Answer>
}

/** Transactions under way at once while the first of them hangs. */
const writersInNeed = 2

/** The intake of one process. */
export function makeIntake(kernel: Kernel): Intake {
  const first: Waiting[] = []
  const last: Waiting[] = []
  let writing = 0
  let hangs = false
  const pump = (): void => {
    if (writing >= (hangs ? writersInNeed : 1) || first.length + last.length === 0) return
    writing++
    const patience = setTimeout(() => {
      hangs = true
      pump()
    }, limits.commitPatienceMilliseconds)
    void write(kernel, nextBatch(first, last)).finally(() => {
      clearTimeout(patience)
      writing--
      hangs &&= writing > 0
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
    const arrivals = batch.map(({ arrival }) => arrival)
    const earlier = await acceptReports(kernel, kernel.db, arrivals)
    for (const { arrival, resolve, reject } of batch) {
      const known = arrival.keyed && earlier.get(arrival.keyed.keyHash)
      if (known instanceof Error) reject(known)
      else resolve(known ?? arrival.answer)
    }
  } catch (error) {
    if (batch.length === 1) return void batch[0]?.reject(error)
    for (const waiting of batch) await write(kernel, [waiting])
  }
}
