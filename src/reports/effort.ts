import { createChallenge, randomInt, verifySolution } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import type { Clock } from '../kernel/clock.ts'
import { hmac, sha256 } from '../kernel/crypto.ts'
import { limits } from '../kernel/limits.ts'
import type { ReportsPolicy } from './contract.ts'

/** A puzzle as ALTCHA's second protocol words it: the sender's machine gives some of its time. */
export type Challenge = Awaited<ReturnType<typeof createChallenge>>

/**
 * Proof of work that is asked for only while many write at once (security.md S25, S26). It is never
 * a gate: who gives none is taken in all the same and ranked last, and who reports by phone, by text or at
 * a partner's desk is never asked.
 */
export interface Effort {
  /** Counts one report that came in. */
  count(): void
  /** Whether reports of strangers are ranked by effort just now. */
  needed(): boolean
  /** A puzzle of the present level; null while none is needed. */
  challenge(): Promise<Challenge | null>
  /** The name under which this proof is spent, or null: none, forged, too old, or wrong. */
  proven(payload: string | null): Promise<string | null>
}

const algorithm = 'PBKDF2/SHA-256'
const windowMilliseconds = 60_000
const challengeMinutes = 10
/** Guesses a sender makes: 300 or so, each of `cost` rounds of PBKDF2; the last one is always right. */
const guesses = { least: 250, most: 350 }

/** Rounds of one guess: level 1 takes a desk a tenth of a second in all, level 4 a cheap phone some five. */
const costs = [0, 500, 1000, 2000, 4000]

/** The effort of one process: it knows its own load, which is what it must survive. */
export function makeEffort(policy: ReportsPolicy, pepper: Buffer, clock: Clock): Effort {
  const arrivals = recentArrivals()
  const secrets = {
    hmacSignatureSecret: hmac(pepper, 'effort signature'),
    hmacKeySignatureSecret: hmac(pepper, 'effort key'),
  }
  const level = (): number =>
    levelOf(arrivals.since(clock.now().getTime() - windowMilliseconds), policy.floodPerMinute)
  return {
    count: () => arrivals.add(clock.now().getTime()),
    needed: () => level() > 0,
    async challenge() {
      const cost = costs[level()] ?? 0
      if (cost === 0) return null
      const counter = randomInt(guesses.most, guesses.least)
      // Under a name of ours: the library would ask the machine's clock, and time is the kernel's.
      const data = { until: clock.now().getTime() + challengeMinutes * 60_000 }
      return createChallenge({ algorithm, cost, counter, deriveKey, data, ...secrets })
    },
    async proven(payload) {
      const parts = payload === null ? null : readPayload(payload)
      if (!parts) return null
      const { verified } = await verifySolution({ ...parts, deriveKey, ...secrets })
      const until = Number(parts.challenge.parameters.data?.until)
      const inTime = until > clock.now().getTime()
      return verified && inTime ? sha256(`effort ${parts.challenge.signature}`) : null
    },
  }
}

/** The times of the last arrivals, in a ring: a flood of them costs no moving about. */
function recentArrivals() {
  const most = limits.arrivalsRemembered
  const ring = new Float64Array(most)
  let first = 0
  let count = 0
  return {
    add(at: number): void {
      ring[(first + count) % most] = at
      if (count < most) count++
      else first = (first + 1) % most
    },
    /** How many there were from then on; the ones before are forgotten. */
    since(then: number): number {
      while (count > 0 && (ring[first] ?? 0) < then) {
        first = (first + 1) % most
        count--
      }
      return count
    },
  }
}

/** 0 in calm; each doubling of the flood past its mark is a level more, up to the last. */
function levelOf(perMinute: number, floodPerMinute: number): number {
  if (perMinute < floodPerMinute) return 0
  const doublings = Math.floor(Math.log2(perMinute / floodPerMinute))
  return Math.min(costs.length - 1, 1 + doublings)
}

type Parts = Pick<Parameters<typeof verifySolution>[0], 'challenge' | 'solution'>

/** Base64 of `{challenge, solution}`, as ALTCHA's senders write it; null if it is anything else. */
function readPayload(payload: string): Parts | null {
  if (payload.length > limits.effortCharacters) return null
  try {
    const parts = JSON.parse(Buffer.from(payload, 'base64').toString('utf8')) as Parts
    const { challenge, solution } = parts
    const whole = typeof challenge?.signature === 'string' && challenge.parameters && solution
    return whole ? parts : null
  } catch {
    return null
  }
}
