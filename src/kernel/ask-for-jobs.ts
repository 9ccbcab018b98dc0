import { sql } from 'kysely'
import type { Db, Tx } from './db/database.ts'

/** A job that a use case wants done, beside those that follow events. */
export interface JobWish {
  job: string
  payload: Record<string, unknown>
  /** Jobs of one queue run one after the other. */
  queue?: string
  runAt?: Date
  /** Lower goes first; 0 unless told. */
  priority?: number
  /** A job of this key that waits is taken for this one. */
  key?: string
}

/** Asks for jobs in the caller's transaction: they exist when it commits. */
export async function askForJobs(tx: Tx | Db, wishes: readonly JobWish[]): Promise<void> {
  if (wishes.length === 0) return
  const specs = wishes.map(({ job, payload, queue, runAt, priority, key }) => ({
    identifier: job,
    payload,
    queue_name: queue ?? null,
    run_at: runAt?.toISOString() ?? null,
    priority: priority ?? null,
    job_key: key ?? null,
  }))
  await sql`select graphile_worker.add_jobs(array(
    select row(identifier, payload, queue_name, run_at, max_attempts, job_key, priority, flags)::graphile_worker.job_spec
    from json_populate_recordset(null::graphile_worker.job_spec, ${JSON.stringify(specs)}::json)))`.execute(
    tx,
  )
}
