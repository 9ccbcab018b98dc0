import { EventEmitter } from 'node:events'
import type { WorkerEvents } from 'graphile-worker'
import type pg from 'pg'
import type { Log } from './telemetry/log.ts'

/** Any number that no other advisory lock of ours uses. */
const lockSpace = 7_043_223
const lookMilliseconds = 2000

/** What the jobs of this process are known to the others by. */
export interface WorkerLocks {
  /** To be given to the runner: it tells of every pool of workers it makes, by whose id jobs are held. */
  events: WorkerEvents
  stop(): Promise<void>
}

/**
 * A killed process holds its jobs, and their queues, for four hours. Each of ours therefore holds an advisory lock on one connection while it lives; whoever finds a job whose
 * holder has no such lock frees it. A job may then run twice, as jobs must bear anyhow.
 */
export function holdWorkers(pool: pg.Pool, log: Log): WorkerLocks {
  const events: WorkerEvents = new EventEmitter()
  const holders = new Set<string>()
  let keeper: pg.PoolClient | null = null
  let looking: Promise<void> | null = null

  const hold = (client: pg.PoolClient, holder: string) =>
    client.query('select pg_advisory_lock($1, hashtext($2))', [lockSpace, holder])
  const connect = async (): Promise<pg.PoolClient> => {
    const client = await pool.connect()
    client.once('error', () => {
      keeper = null
      client.release(true)
    })
    for (const holder of holders) await hold(client, holder)
    return client
  }
  const look = async (): Promise<void> => {
    keeper ??= await connect()
    const freed = await freeHeldByTheDead(keeper)
    if (freed > 0) log('warn', 'jobs of a killed process were freed', { count: freed })
  }
  events.on('pool:create', ({ workerPool: { id } }) => {
    holders.add(id)
    if (keeper) hold(keeper, id).catch(() => {})
  })
  events.on('pool:release', ({ workerPool: { id } }) => {
    holders.delete(id)
    keeper?.query('select pg_advisory_unlock($1, hashtext($2))', [lockSpace, id]).catch(() => {})
  })
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

/** Five seconds are for a pool that was just made and has not taken its lock yet. */
async function freeHeldByTheDead(client: pg.PoolClient): Promise<number> {
  const { rows } = await client.query(
    `with held as (
       select locked_by as holder from graphile_worker._private_jobs where locked_at < now() - interval '5 seconds'
       union
       select locked_by from graphile_worker._private_job_queues where locked_at < now() - interval '5 seconds'
     ), dead as (
       select holder from held where holder is not null and not exists (
         select 1 from pg_locks
         where locktype = 'advisory' and classid = $1::int::oid and objid = hashtext(holder)::oid and granted
       )
     )
     select count(*)::int as freed, graphile_worker.force_unlock_workers(array_agg(holder)) from dead`,
    [lockSpace],
  )
  return rows[0].freed
}
