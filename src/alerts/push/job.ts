import type { PostHeaders } from './connection.ts'

/** How one message ended: for good, whatever happened on the way. */
export interface PushOutcome {
  key: number
  outcome: 'accepted' | 'gone' | 'expired' | 'refused' | 'failed'
  /** The last status heard, null if none was. */
  status: number | null
}

/** One message on its way. */
export interface Job {
  key: number
  path: string
  body: Buffer
  ttlSeconds: number
  urgency: string
  topic: string
  /** When it is over, by the clock, and by the machine's steady time, which nobody sets. */
  deadline: Date
  deadlineAt: number
  tries: number
  notBefore: number
  status: number | null
  settle(outcome: PushOutcome): void
}

/** Ends a job: the one way to. */
export function end(job: Job, outcome: PushOutcome['outcome']): void {
  job.settle({ key: job.key, outcome, status: job.status })
}

/** What stands before a message (RFC 8030 section 5). A push service keeps none longer than its deadline, `now` in steady time. */
export const headersOf = (job: Job, authorization: string, now: number): PostHeaders => ({
  authorization,
  'content-encoding': 'aes128gcm',
  'content-type': 'application/octet-stream',
  'content-length': job.body.length,
  ttl: Math.max(0, Math.min(job.ttlSeconds, Math.floor((job.deadlineAt - now) / 1000))),
  urgency: job.urgency,
  ...(job.topic ? { topic: job.topic } : {}),
})

/** Steady time in milliseconds, and waking up in it; tests make it run faster. */
export interface Timing {
  monotonic(): number
  after(milliseconds: number, run: () => void): () => void
}
