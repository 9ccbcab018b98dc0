import { hmac, slowHash } from '../kernel/crypto.ts'
import type { Ids } from '../kernel/ids.ts'
import { limits } from '../kernel/limits.ts'

/** A receipt as its reporter is shown it, and as we keep it. */
export interface Receipt {
  digits: string
  hash: string
}

/**
 * Receipts are kept as a slow hash (RFC 7914) of a keyed one, with a key outside the database. The
 * slow half costs 45 ms of a core, which nobody should wait for who tells us something: a receipt is
 * accepted under its keyed hash and made slow by a job in the seconds after (`harden-receipts`).
 */
export interface Receipts {
  make(): Receipt
  /** The hashes under which a report may hold these digits: quick, slow, and as 0.1.0 kept it. */
  hashesOf(digits: string): Promise<string[]>
  /** The slow hash that takes the place of a quick one. */
  harden(quick: string): Promise<string>
}

/** How a quick hash begins; the database has an index of what still does. */
const quickMark = 'quick:'

/** The receipts of one process. */
export function makeReceipts(ids: Ids, pepper: Buffer): Receipts {
  // At most a few at once: guessing receipts may slow other guessers, not reporters.
  const slowly = limited(limits.slowHashesAtOnce, (text: string) => slowHash(text, pepper))
  const quickOf = (digits: string): string => quickMark + hmac(pepper, `receipt ${digits}`)
  return {
    make() {
      const digits = ids.digits(16)
      return { digits, hash: quickOf(digits) }
    },
    async hashesOf(digits) {
      const quick = quickOf(digits)
      return [quick, ...(await Promise.all([slowly(quick), slowly(digits)]))]
    },
    harden: slowly,
  }
}

/** At most `most` calls at once; the others wait their turn. */
function limited<A, B>(most: number, call: (input: A) => Promise<B>): (input: A) => Promise<B> {
  const waiting: (() => void)[] = []
  let running = 0
  return async (input) => {
    if (running >= most) await new Promise<void>((resolve) => waiting.push(resolve))
    running++
    try {
      return await call(input)
    } finally {
      running--
      waiting.shift()?.()
    }
  }
}
