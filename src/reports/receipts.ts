import { slowHash } from '../kernel/crypto.ts'
import type { Ids } from '../kernel/ids.ts'
import { limits } from '../kernel/limits.ts'

/** A receipt and its slow hash, made before anyone asks. */
export interface Receipt {
  digits: string
  hash: string
}

/**
 * Receipts made ahead in idle time, so that nobody waits 45 ms of hashing to be told "we have it".
 * At most a few are hashed at once: guessing receipts may slow other guessers, not reporters.
 */
export interface Receipts {
  next(): Promise<Receipt>
  hashOf(digits: string): Promise<string>
}

const stockSize = 32

/** The stock of one process; it fills itself when it is first used. */
export function makeReceipts(ids: Ids, pepper: Buffer): Receipts {
  const stock: Receipt[] = []
  let filling = false
  const hashOf = limited(limits.slowHashesAtOnce, (digits: string) => slowHash(digits, pepper))
  const make = async (): Promise<Receipt> => {
    const digits = ids.digits(16)
    return { digits, hash: await slowHash(digits, pepper) }
  }
  const fill = async (): Promise<void> => {
    if (filling) return
    filling = true
    while (stock.length < stockSize) stock.push(await make())
    filling = false
  }
  return {
    hashOf,
    async next() {
      const receipt = stock.pop() ?? (await make())
      setImmediate(() => void fill())
      return receipt
    },
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
