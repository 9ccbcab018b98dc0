import type { Clock } from '../../kernel/clock.ts'
import { limits } from '../../kernel/limits.ts'
import { type Connection, type ConnectOptions, connect, type NoConnection } from './connection.ts'
import { end, headersOf, type Job, type Timing } from './job.ts'
import { JobQueue } from './job-queue.ts'
import { Pace } from './pace.ts'
import { type Reply, retryAfterSeconds, verdictOf, waitMilliseconds } from './rules.ts'
import type { Vapid } from './vapid.ts'

/** What all lanes of a sender share. */
export interface LaneContext {
  vapid: Vapid
  clock: Clock
  timing: Timing
  random: () => number
  connecting: ConnectOptions
}

interface Flight {
  startedAt: number
  giveUp: () => void
}

const tickMilliseconds = 50
const idleMilliseconds = 60_000

/**
 * Everything for one push service: its own queue, connection and pace, so that a slow one delays no other. Each job
 * is settled exactly once, and none is sent at or after its deadline.
 */
export class Lane {
  readonly #origin: URL
  readonly #context: LaneContext
  readonly #pace: Pace
  readonly #queue = new JobQueue()
  readonly #flying = new Map<Job, Flight>()
  #connection: Connection | null = null
  #connecting: { since: number; giveUp: () => void } | null = null
  #ticking = false
  #heardAt = 0
  #stopped = false

  constructor(origin: URL, context: LaneContext) {
    this.#origin = origin
    this.#context = context
    this.#pace = new Pace(context.random)
  }

  /** Takes a job and settles it, at once or later. */
  add(job: Job): void {
    if (this.#stopped) end(job, 'failed')
    else if (this.#isOver(job)) end(job, 'expired')
    else this.#queue.push(job)
    this.#pump()
  }

  /** Nothing to do and nothing to remember: may be forgotten. */
  isIdle(): boolean {
    const now = this.#now()
    const quiet = now >= this.#pace.pausedUntil && now - this.#heardAt > idleMilliseconds
    return quiet && this.#isEmpty()
  }

  /** What was not sent fails at once; what is under way is waited for a while. */
  async stop(): Promise<void> {
    this.#stopped = true
    for (const job of this.#queue.drain()) end(job, 'failed')
    const until = this.#now() + limits.pushStopSeconds * 1000
    while (this.#flying.size > 0 && this.#now() < until)
      await new Promise<void>((resolve) => this.#context.timing.after(20, resolve))
    for (const { giveUp } of [...this.#flying.values()]) giveUp()
    this.close()
  }

  /** Lets the connection go; a later job opens another. */
  close(): void {
    this.#connecting?.giveUp()
    this.#connection?.close()
    this.#connection = null
  }

  #now = (): number => this.#context.timing.monotonic()

  #isEmpty = (): boolean => this.#queue.size + this.#flying.size === 0

  /** Over by either time, or before this push service may be asked again: then there is no use in waiting. */
  #isOver = (job: Job): boolean =>
    Math.max(this.#now(), this.#pace.pausedUntil) >= job.deadlineAt ||
    this.#context.clock.now() >= job.deadline

  /** Sends as much as may be under way; what cannot go now goes at a tick or when an answer comes. */
  #pump(): void {
    while (this.#queue.hasReady && this.#now() >= this.#pace.pausedUntil) {
      if (!this.#connection?.isOpen()) {
        this.#connection = null
        this.#open()
        break
      }
      if (this.#flying.size >= Math.min(this.#pace.window, this.#connection.room())) break
      const job = this.#queue.shift()
      if (this.#isOver(job)) end(job, 'expired')
      else this.#post(job, this.#connection)
    }
    this.#keepTicking()
  }

  #open(): void {
    if (this.#connecting) return
    const [done, ended] = [this.#connected.bind(this), this.#pump.bind(this)]
    const since = this.#now()
    try {
      const giveUp = connect(this.#origin, this.#context.connecting, done, ended)
      this.#connecting = { since, giveUp }
    } catch {
      // What cannot even begin (an authority that is none) must end as no connection does, not leave its caller waiting.
      this.#pace.failed(since, { connection: false })
    }
  }

  #connected(result: Connection | NoConnection): void {
    this.#connecting = null
    if (result === 'refused') for (const job of this.#queue.drain()) end(job, 'refused')
    else if (result === 'failed') this.#pace.failed(this.#now(), { connection: false })
    else if (this.#stopped) result.close()
    else this.#connection = result
    this.#pump()
  }

  #post(job: Job, connection: Connection): void {
    const flight: Flight = { startedAt: this.#now(), giveUp: () => {} }
    this.#flying.set(job, flight)
    const heard = (reply: Reply): void => {
      if (!this.#flying.delete(job)) return
      this.#hear(job, reply)
      this.#pump()
    }
    try {
      const authorization = this.#context.vapid.authorization(this.#origin.origin)
      const headers = headersOf(job, authorization, flight.startedAt)
      flight.giveUp = connection.post(job.path, headers, job.body, heard)
    } catch {
      // The connection ended between the question and the request: nothing was sent.
      this.#connection = null
      heard({ status: null })
    }
  }

  #hear(job: Job, reply: Reply): void {
    job.status = reply.status ?? job.status
    if (reply.status !== null) this.#heardAt = this.#now()
    const verdict = verdictOf(reply)
    if (verdict === 'again' || verdict === 'slower') {
      if (verdict === 'slower') this.#pace.slower(this.#now())
      this.#again(job, reply)
    } else {
      this.#pace.succeeded()
      end(job, verdict)
    }
  }

  #again(job: Job, reply: Reply): void {
    const now = this.#now()
    const asked = this.#askedToWait(reply)
    const wait = Math.max(asked, waitMilliseconds(job.tries, this.#context.random))
    if (asked > 0) this.#pace.pause(now, Math.min(now + asked, job.deadlineAt))
    else this.#pace.failed(now, { connection: true })
    job.tries++
    job.notBefore = now + wait
    if (this.#stopped || job.tries >= limits.pushAttempts) end(job, 'failed')
    else if (job.notBefore >= job.deadlineAt || this.#isOver(job)) end(job, 'expired')
    else this.#queue.wait(job)
  }

  /** Milliseconds that the push service asks to be left alone; 0 where it does not. */
  #askedToWait(reply: Reply): number {
    if (verdictOf(reply) !== 'slower') return 0
    return (retryAfterSeconds(reply.retryAfter, this.#context.clock.now()) ?? 0) * 1000
  }

  #keepTicking(): void {
    if (this.#ticking || this.#isEmpty()) return
    this.#ticking = true
    this.#context.timing.after(tickMilliseconds, () => {
      this.#ticking = false
      this.#tick()
    })
  }

  /** What time alone brings: retries that are due, deadlines, answers and connections that do not come. */
  #tick(): void {
    const now = this.#now()
    for (const job of this.#queue.sweep(now, this.#isOver)) end(job, 'expired')
    for (const [job, { startedAt, giveUp }] of [...this.#flying]) {
      const silent = now - startedAt >= limits.pushAnswerSeconds * 1000
      if (silent || this.#isOver(job)) giveUp()
      // Nothing at all was heard since: the line itself is dead, as after a change of network.
      if (silent && this.#heardAt < startedAt) this.close()
    }
    const since = this.#connecting?.since ?? now
    if (now - since >= limits.pushConnectSeconds * 1000) this.#connecting?.giveUp()
    this.#pump()
  }
}
