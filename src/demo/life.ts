import type { App } from '../app.ts'
import { later } from './later.ts'
import { type Cast, seedPeople } from './people.ts'
import { tell } from './stage.ts'

type QueueItem = Awaited<ReturnType<App['pages']['queue']>>[number]

/** Seconds between two deeds: somewhere between the two, so that it does not tick. */
const pauseSeconds = { least: 60, most: 120 } as const
/** A demonstration left alone overnight comes to rest. */
const mostDeeds = 400
/** More to check than this, and nothing new is reported. */
const mostOpen = 14
/** A confirmed incident is looked at again when it would expire within this time. */
const renewMinutes = 75
/** Robots leave a finding to whoever is playing the approver for this long. */
const patienceMinutes = 30

/** The city goes on living: a new report, or a re-confirmation, every minute or two. */
export function startLife(app: App): { stop(): Promise<void> } {
  let deeds = 0
  let running: Promise<void> = Promise.resolve()
  let timer: NodeJS.Timeout
  let stopped = false
  const plan = (): void => {
    const { least, most } = pauseSeconds
    const pause = (least + Math.random() * (most - least)) * 1000
    timer = setTimeout(() => {
      running = liveOnce(app, deeds++)
        .catch(() => app.kernel.log('warn', 'the demonstration missed a step'))
        .then(() => {
          if (!stopped && deeds < mostDeeds) plan()
        })
    }, pause)
  }
  plan()
  return {
    stop: () => {
      stopped = true
      clearTimeout(timer)
      return running
    },
  }
}

/** One step of the city's life. `step` chooses what is told next. */
export async function liveOnce(app: App, step: number): Promise<void> {
  const cast = await seedPeople(app)
  const queue = await app.pages.queue()
  const now = app.kernel.clock.now()
  const ending = queue.find(
    (row) => row.status === 'confirmed' && minutesLeft(row, now) < renewMinutes,
  )
  if (ending && !ending.pending) return renew(app, ending.id, cast)
  const waiting = queue.find((row) => minutesWaiting(row, now) > patienceMinutes)
  if (waiting?.pending) {
    const { finding } = waiting.pending
    return app.pages.signOff(waiting.id, cast.secondApprover, finding as 'confirmed')
  }
  const open = queue.filter((row) => row.status === 'open' && !row.pending)
  const oldest = open.at(-1)
  if (open.length > mostOpen && oldest)
    return app.pages.find(oldest.id, cast.verifier, { finding: 'unfounded', basis: 'on-scene' })
  const account = later[step % later.length]
  if (account) await tell(app, account, { by: step % 3 === 0 ? 'api' : 'web' })
}

/** Somebody looks again and somebody else agrees: it is still so. */
async function renew(app: App, id: string, cast: Cast): Promise<void> {
  await app.pages.find(id, cast.verifier, { finding: 'confirmed', basis: 'on-scene' })
  await app.pages.signOff(id, cast.approver, 'confirmed')
}

const minutes = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 60_000

const minutesLeft = (row: QueueItem, now: Date): number =>
  row.expiresAt ? minutes(now, new Date(row.expiresAt)) : Number.POSITIVE_INFINITY

const minutesWaiting = (row: QueueItem, now: Date): number =>
  row.pending ? minutes(new Date(row.pending.at), now) : 0
