import { setImmediate as breathe } from 'node:timers/promises'
import type { Clock } from '../../kernel/clock.ts'
import { limits } from '../../kernel/limits.ts'
import type { ConnectOptions } from './connection.ts'
import { checkEndpoint } from './endpoint.ts'
import type { Job, PushOutcome, Timing } from './job.ts'
import { Lane, type LaneContext } from './lane.ts'
import type { Vapid } from './vapid.ts'

/** One message for one push resource; `key` is the caller's own name for it, which alone is told back. */
export interface PushMessage {
  key: number
  endpoint: string
  /** As `encrypt` made it. */
  body: Buffer
  ttlSeconds: number
  urgency: 'high' | 'normal'
  /** At most 32 characters of base64url: replaces what the service still holds of it. Empty for none. */
  topic: string
}

export interface SendOptions {
  /** Nothing is sent from then on. */
  deadline: Date
  /** Hears each message's outcome, once, in the order they come. Should only note it. */
  onOutcome(outcome: PushOutcome): void
}

export interface PushSender {
  /**
   * Sends all of it and returns when each message has its outcome, at the deadline at the latest. Takes from `messages`
   * as it goes, holding at most `limits.pushHeld`: past that, one push service that stands still holds up this call, and no
   * other call. Rejects when `messages` or `onOutcome` throws, after the rest has its outcome.
   */
  send(
    messages: AsyncIterable<PushMessage> | Iterable<PushMessage>,
    options: SendOptions,
  ): Promise<void>
  /** What is not sent fails; what is under way is waited for, a few seconds. */
  stop(): Promise<void>
}

export interface SenderOptions extends ConnectOptions {
  vapid: Vapid
  clock: Clock
  timing?: Timing
  /** From 0 to 1, for the spread of waits. */
  random?: () => number
}

const machineTiming: Timing = {
  monotonic: () => performance.now(),
  after(milliseconds, run) {
    const timer = setTimeout(run, milliseconds)
    return () => clearTimeout(timer)
  },
}

/** Messages taken before the event loop gets its turn: a full store of them must not keep answers waiting. */
const breath = 64

/** A sender for one process: its connections are shared by all calls. No endpoint is ever in an error of it. */
export function makePushSender(options: SenderOptions): PushSender {
  const { vapid, clock, timing = machineTiming, random = Math.random, allowLoopback } = options
  const context: LaneContext = { vapid, clock, timing, random, connecting: options }
  const lanes = new Map<string, Lane>()
  let stopped = false

  const laneOf = (url: URL): Lane => {
    const known = lanes.get(url.origin)
    if (known) return known
    forgetIdle(lanes)
    const lane = new Lane(new URL(url.origin), context)
    lanes.set(url.origin, lane)
    return lane
  }

  return {
    async send(messages, { deadline, onOutcome }) {
      if (stopped) throw new Error('the push sender was stopped')
      const batch = makeBatch(onOutcome)
      const deadlineAt = timing.monotonic() + deadline.getTime() - clock.now().getTime()
      try {
        for await (const message of messages) {
          take(message, { deadline, deadlineAt, settle: batch.take() }, laneOf, allowLoopback)
          if (batch.taken % breath === 0) await breathe()
          await batch.room()
        }
      } finally {
        await batch.done()
      }
    },
    async stop() {
      stopped = true
      await Promise.all([...lanes.values()].map((lane) => lane.stop()))
      lanes.clear()
    },
  }
}

function forgetIdle(lanes: Map<string, Lane>): void {
  for (const [origin, lane] of lanes)
    if (lane.isIdle()) {
      lane.close()
      lanes.delete(origin)
    }
}

/** Gives a message to the lane of its push service, or refuses what could never be sent. */
function take(
  { endpoint, ...message }: PushMessage,
  batch: Pick<Job, 'deadline' | 'deadlineAt' | 'settle'>,
  laneOf: (url: URL) => Lane,
  allowLoopback = false,
): void {
  const url = sendable(endpoint, message.topic, allowLoopback)
  if (url) {
    const path = url.pathname + url.search
    laneOf(url).add({ ...message, ...batch, path, tries: 0, notBefore: 0, status: null })
  } else batch.settle({ key: message.key, outcome: 'refused', status: null })
}

function sendable(endpoint: string, topic: string, allowLoopback: boolean): URL | null {
  if (!/^[\w-]{0,32}$/.test(topic)) return null
  try {
    return checkEndpoint(endpoint, { allowLoopback })
  } catch {
    return null
  }
}

/** The messages of one call that have no outcome yet. */
function makeBatch(onOutcome: SendOptions['onOutcome']) {
  let held = 0
  let wake: (() => void) | null = null
  let fault: { error: unknown } | null = null
  const settle = (outcome: PushOutcome): void => {
    held--
    try {
      onOutcome(outcome)
    } catch (error) {
      fault ??= { error }
    }
    wake?.()
  }
  const until = async (enough: () => boolean): Promise<void> => {
    while (!enough())
      await new Promise<void>((resolve) => {
        wake = resolve
      })
    wake = null
  }
  return {
    taken: 0,
    take() {
      held++
      this.taken++
      return settle
    },
    room: () => (held < limits.pushHeld ? undefined : until(() => held < limits.pushHeld * 0.9)),
    async done() {
      await until(() => held === 0)
      if (fault) throw fault.error
    },
  }
}
