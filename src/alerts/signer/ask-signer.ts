import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { limits } from '../../kernel/limits.ts'
import { type SignedFeed, type Signer, SignerAway, SigningRefused } from './port.ts'
import type { Answer } from './wire.ts'

/** A line to a signer: its own child process, or one that listens elsewhere. */
export interface Line {
  from: Readable
  to: Writable
  close(): void
}

type Waiting = { answered(answer: Answer): void; lost(): void }

/** A signer at the other end of a line. A line that breaks is made anew at the next question. */
export function askSigner(connect: () => Line): Signer {
  let line: Line | null = null
  let count = 0
  let stopped = false
  const waiting = new Map<number, Waiting>()
  const lose = (lost: Line): void => {
    if (line === lost) line = null
    for (const { lost: tell } of waiting.values()) tell()
    waiting.clear()
  }
  const open = (): Line => {
    if (line) return line
    const fresh = connect()
    line = fresh
    fresh.to.on('error', () => lose(fresh))
    fresh.from.on('close', () => lose(fresh))
    // The reader tells of the line's errors a second time.
    createInterface({ input: fresh.from })
      .on('error', () => lose(fresh))
      .on('line', (text) => {
        const answer = JSON.parse(text) as Answer
        waiting.get(answer.n)?.answered(answer)
      })
    return fresh
  }
  const ask = async <T>(name: string, ...given: unknown[]): Promise<T> => {
    if (stopped) throw new SignerAway('The signer has been let go.')
    const n = count++
    const answer = await reply(waiting, n, () =>
      open().to.write(`${JSON.stringify({ n, ask: name, with: given })}\n`),
    )
    if ('is' in answer) return answer.is as T
    if ('refused' in answer) throw new SigningRefused(answer.refused)
    throw new Error(`The signer failed: ${answer.failed}.`)
  }
  return {
    keys: () => ask('keys'),
    sign: (alert, approvals) => ask('sign', alert, approvals),
    feed: async () => unpacked(await ask<PackedFeed>('feed')),
    drillFeed: async () => unpacked(await ask<PackedFeed>('drillFeed')),
    knows: (keyId) => ask('knows', keyId),
    enrol: (secret, key) => ask('enrol', secret, key),
    vouch: (key, approval) => ask('vouch', key, approval),
    revoke: (personId) => ask('revoke', personId),
    halt: () => ask('halt'),
    resume: (approval) => ask('resume', approval),
    async stop() {
      stopped = true
      line?.close()
    },
  }
}

type PackedFeed = { bytes: string; keyId: string }

/** Bytes travel as base64. */
const unpacked = ({ bytes, keyId }: PackedFeed): SignedFeed => ({
  bytes: Buffer.from(bytes, 'base64'),
  keyId,
})

/** Asks, and waits for the answer a bounded time. Throws SignerAway. */
function reply(waiting: Map<number, Waiting>, n: number, ask: () => void): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      waiting.delete(n)
      clearTimeout(late)
    }
    const lost = (): void => {
      end()
      reject(new SignerAway('The signer does not answer.'))
    }
    const late = setTimeout(lost, limits.signerSeconds * 1000)
    waiting.set(n, {
      lost,
      answered(answer) {
        end()
        resolve(answer)
      },
    })
    try {
      ask()
    } catch {
      lost()
    }
  })
}
