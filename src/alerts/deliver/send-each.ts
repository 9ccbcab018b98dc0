import type { Clock } from '../../kernel/clock.ts'
import { limits } from '../../kernel/limits.ts'
import type { Batch, Delivery, Outcome } from './channels.ts'

/** What became of one try; `again` is worth another. */
export type Attempt = 'accepted' | 'refused' | 'gone' | 'unwanted' | 'again'

/** How messages of one channel are handed over, whichever page they are of. */
export interface Pace {
  /** Messages begun in a second, at most. */
  perSecond: number
  atOnce: number
  clock: Clock
  /** A message is given up after its tries even where none is taken: each goes to somebody else. */
  givesUp?: boolean
  /** From 0 to 1, for the spread of waits. */
  random?: () => number
}

export type Submit = (delivery: Delivery, batch: Batch) => Promise<Attempt>

/**
 * Hands over messages one by one, in their order (the nearest first), no faster than its pace, several
 * at once. What is not taken comes again after a wait that doubles, drawn anew from half to whole, until
 * the deadline; one that alone is not taken, while others are, is given up after `limits.sendAttempts`.
 */
export interface EachSender {
  send(batch: Batch): Promise<void>
  stop(): Promise<void>
}

interface Waiting {
  delivery: Delivery
  tries: number
  /** Milliseconds of the monotonic clock before which it does not go again. */
  notBefore: number
}

export function sendEach(pace: Pace, submit: Submit): EachSender {
  const turns = makeTurns(pace.perSecond)
  let stopping = false
  const under = new Set<Promise<void>>()
  return {
    send(batch) {
      const work = sendBatch({ pace, submit, turns, stopping: () => stopping }, batch)
      under.add(work)
      return work.finally(() => under.delete(work))
    },
    async stop() {
      stopping = true
      await Promise.allSettled(under)
    },
  }
}

interface Run {
  pace: Pace
  submit: Submit
  turns: () => Promise<void>
  stopping(): boolean
}

/** One turn after the other, `perSecond` of them in a second. */
function makeTurns(perSecond: number): () => Promise<void> {
  let next = 0
  return () => {
    const at = Math.max(next, performance.now())
    next = at + 1000 / perSecond
    return sleep(at - performance.now())
  }
}

const sleep = (milliseconds: number): Promise<void> =>
  milliseconds <= 0
    ? Promise.resolve()
    : new Promise((resolve) => setTimeout(resolve, milliseconds))

async function sendBatch(run: Run, batch: Batch): Promise<void> {
  const waiting: Waiting[] = batch.deliveries.map((delivery) => ({
    delivery,
    tries: 0,
    notBefore: 0,
  }))
  const seen = { accepted: 0 }
  const hands = Array.from({ length: run.pace.atOnce }, () => hand(run, batch, waiting, seen))
  const faults = (await Promise.allSettled(hands)).filter(({ status }) => status === 'rejected')
  if (faults[0]) throw (faults[0] as PromiseRejectedResult).reason
}

/** Takes the next message that may go, until there is none; who waits is looked at again soon. */
async function hand(
  run: Run,
  batch: Batch,
  waiting: Waiting[],
  seen: { accepted: number },
): Promise<void> {
  while (waiting.length > 0) {
    const now = performance.now()
    const at = waiting.findIndex(({ notBefore }) => notBefore <= now)
    const over = overAlready(run, batch)
    const [next] = at < 0 && !over ? [] : waiting.splice(Math.max(at, 0), 1)
    if (!next) await sleep(lookMilliseconds)
    else if (over) await batch.onOutcome(next.delivery.id, over)
    else await one(run, batch, { next, waiting, seen })
  }
}

/** How soon a change of `wanted`, a stop or the deadline is felt while all of a page waits. */
const lookMilliseconds = 20

function overAlready({ pace, stopping }: Run, { deadline, wanted }: Batch): Outcome | null {
  if (!wanted()) return 'unwanted'
  if (pace.clock.now() >= deadline) return 'expired'
  return stopping() ? 'failed' : null
}

async function one(
  run: Run,
  batch: Batch,
  { next, waiting, seen }: { next: Waiting; waiting: Waiting[]; seen: { accepted: number } },
): Promise<void> {
  await run.turns()
  // Whatever was so before the turn came: a word that came since must hold (reliability.md B1).
  const over = overAlready(run, batch)
  const attempt = over ?? (await run.submit(next.delivery, batch))
  if (attempt === 'accepted') seen.accepted++
  if (attempt !== 'again') return void (await batch.onOutcome(next.delivery.id, attempt))
  const tries = next.tries + 1
  if (tries >= limits.sendAttempts && (run.pace.givesUp || seen.accepted > 0))
    return void (await batch.onOutcome(next.delivery.id, 'failed'))
  const wait = waitMilliseconds(tries, run.pace.random ?? Math.random)
  waiting.push({ ...next, tries, notBefore: performance.now() + wait })
}

/** Doubling, from half to whole. */
function waitMilliseconds(tries: number, random: () => number): number {
  const { sendFirstWaitSeconds: first, sendLongestWaitSeconds: longest } = limits
  const whole = Math.min(longest, first * 2 ** Math.min(tries - 1, 20)) * 1000
  return whole * (0.5 + random() / 2)
}
