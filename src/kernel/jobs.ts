import {
  Logger,
  type Runner,
  run,
  type TaskList,
  type Worker,
  type WorkerEvents,
} from 'graphile-worker'
import type pg from 'pg'
import { errorFields, type Log } from './telemetry/log.ts'
import type { Metrics } from './telemetry/metrics.ts'
import { recordSpan } from './telemetry/tracing.ts'
import { holdWorkers } from './worker-locks.ts'

/** The worker's own lines quote payloads; ours do not (see `kernel/telemetry/log`). */
const silentLogger = new Logger(() => () => {})

/** What a room wants done later, and how. Handlers may run twice: they must not mind. */
export type Handlers = Record<string, (payload: Record<string, unknown>) => Promise<void>>

/** Runs jobs as they come (3 ms after their commit) until stopped. */
export async function startJobs(
  pool: pg.Pool,
  handlers: Handlers,
  { log, metrics, crontab }: { log: Log; metrics: Metrics; crontab?: string },
): Promise<{ stop(): Promise<void> }> {
  const taskList: TaskList = {}
  for (const [name, handle] of Object.entries(handlers))
    taskList[name] = async (payload) => {
      const end = metrics.jobSeconds.startTimer({ job: name })
      try {
        await handle(payload as Record<string, unknown>)
        recordSpan(`job ${name}`, { milliseconds: end({ outcome: 'done' }) * 1000 })
      } catch (error) {
        const seconds = end({ outcome: 'failed' })
        recordSpan(`job ${name}`, { milliseconds: seconds * 1000, failed: true })
        log('error', 'job failed', { job: name, ...errorFields(error) })
        // The worker keeps a failed job's error in the database: give it nothing that could identify.
        throw new Error(`job ${name} failed`)
      }
    }
  const locks = holdWorkers(pool, log)
  hurryQueues(locks.events)
  const start = (): Promise<Runner> =>
    run({
      pgPool: pool,
      taskList,
      // Jobs that send wait for services elsewhere: a slow one must not hold up the others.
      concurrency: 10,
      noHandleSignals: true,
      pollInterval: 1000,
      logger: silentLogger,
      events: locks.events,
      // Without these a job that ends while the database is away ends the whole process.
      preset: { worker: { completeJobBatchDelay: 0, failJobBatchDelay: 0 } },
      ...(crontab ? { crontab } : {}),
    })
  const running = await keepRunning(start, log)
  return {
    async stop() {
      await running.stop()
      await locks.stop()
    },
  }
}

/** Milliseconds after a job at which its queue is most likely free again. */
const nudges = [3, 12, 50]

/**
 * The worker looks for the next job before the queue of the last one is free, finds none, and then
 * sleeps a poll's length: a queue would do four jobs a second. So it is asked to look again.
 */
function hurryQueues(events: WorkerEvents): void {
  events.on('job:complete', ({ worker, job }) => {
    if (job.job_queue_id === null) return
    for (const milliseconds of nudges) setTimeout(() => nudge(worker), milliseconds).unref()
  })
}

function nudge(worker: Worker): void {
  try {
    worker.nudge()
  } catch {
    // It ended in the meantime, with its database: the next runner looks for itself.
  }
}

const restartMilliseconds = 1000

/** The runner ends when the database goes; the process lives on, and it is started again. */
async function keepRunning(
  start: () => Promise<Runner>,
  log: Log,
): Promise<{ stop(): Promise<void> }> {
  let runner: Runner | null = await start()
  let stopped = false
  const keep = async (): Promise<void> => {
    while (!stopped) {
      await (runner?.promise.catch(() => {}) ?? pause())
      if (stopped) return
      log('error', 'jobs stopped')
      runner = await start().catch(() => null)
    }
    await runner?.stop().catch(() => {})
  }
  const kept = keep()
  return {
    async stop() {
      stopped = true
      await runner?.stop().catch(() => {})
      await kept
    },
  }
}

const pause = (): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, restartMilliseconds))
