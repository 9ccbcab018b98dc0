import { EventEmitter } from 'node:events'
import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Log } from './telemetry/log.ts'

/** Any number that no other advisory lock of ours uses. */
const lockSpace = 7_043_222
const lookMilliseconds = 2000

/** What the workers of this process are known to the others by. */
export interface WorkerLocks {
  /** To be given to the runner: it tells of every worker it makes. */
  events: WorkerEvents
  stop(): Promise<void>
}

/**
 * The worker holds a job, and its queue, for four hours when its process is killed. Each of ours
 * therefore holds an advisory lock on one connection while it lives; whoever finds a job whose
 * holder has no such lock frees it. A job may then run twice, as jobs must bear anyhow.
 */
export function holdWorkers(pool: pg.Pool, log: Log): WorkerLocks {
  const events: WorkerEvents = new EventEmitter()
  const workers = new Set<string>()
  let keeper: pg.PoolClient | null = null
  let looking: Promise<void> | null = null

  const hold = (client: pg.PoolClient, worker: string) =>
    client.query('select pg_advisory_lock($1, hashtext($2))', [lockSpace, worker])
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect()
    client.once('error', () => {
      keeper = null
      client.release(true)
    })
    for (const worker of workers) await hold(client, worker)
    return client
  }
  const look = async (): Promise<void> => {
    keeper ??= await connect()
    const freed = await freeHeldByTheDead(keeper)
    if (freed > 0) log('warn', 'jobs of a killed process were freed', { count: freed })
  }
  events.on('worker:create', ({ worker }) => {
    workers.add(worker.workerId)
    if (keeper) hold(keeper, worker.workerId).catch(() => {})
  })
  events.on('worker:release', ({ worker }) => void workers.delete(worker.workerId))
  const beat = setInterval(() => {
    looking ??= look()
      .catch(() => {})
      .finally(() => {
        looking = null
      })
  }, lookMilliseconds)
  beat.unref()
  return {
    events,
    async stop() {
      clearInterval(beat)
      await looking
      // Destroyed, not handed back: the locks go with the connection.
      keeper?.release(true)
      keeper = null
    },
  }
}

/** Five seconds are for a worker that was just made and has not taken its lock yet. */
async function freeHeldByTheDead(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query(
    `with held as (
       select locked_by as worker from graphile_worker._private_jobs where locked_at < now() - interval '5 seconds'
       union
       select locked_by from graphile_worker._private_job_queues where locked_at < now() - interval '5 seconds'
     ), dead as (
       select worker from held where worker is not null and not exists (
         select 1 from pg_locks
         where locktype = 'advisory' and classid = $1::int::oid and objid = hashtext(worker)::oid and granted
       )
     )
     select count(*)::int as freed, graphile_worker.force_unlock_workers(array_agg(worker)) from dead`,
    [lockSpace],
  )
  return rows[0].freed
}
