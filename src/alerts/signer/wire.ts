import { createInterface } from 'node:readline'
import type { Readable, Writable } from 'node:stream'
import { limits } from '../../kernel/limits.ts'
import { type Signer, SigningRefused } from './port.ts'

/** One question to the signer and its answer, a line of JSON each. */
interface Question {
  n: number
  ask: string
  with: unknown[]
}
export type Answer = { n: number } & ({ is: unknown } | { refused: string } | { failed: string })

const asked = [
  'keys',
  'sign',
  'feed',
  'drillFeed',
  'knows',
  'enrol',
  'vouch',
  'revoke',
  'halt',
  'resume',
] as const

/** Answers the questions that come over a line until it ends; anything that is no question is let go. */
export async function answerOver(signer: Signer, from: Readable, to: Writable): Promise<void> {
  for await (const line of createInterface({ input: from })) {
    const question = read(line)
    if (question) to.write(`${JSON.stringify(await answer(signer, question))}\n`)
  }
}

function read(line: string): Question | null {
  if (line.length > limits.signerLineCharacters) return null
  try {
    const { n, ask, with: given } = JSON.parse(line) as Partial<Question>
    return Number.isSafeInteger(n) && typeof ask === 'string' && Array.isArray(given)
      ? { n: n as number, ask, with: given }
      : null
  } catch {
    return null
  }
}

async function answer(signer: Signer, { n, ask, with: given }: Question): Promise<Answer> {
  const name = asked.find((known) => known === ask)
  if (!name) return { n, failed: 'no such question' }
  try {
    const method = signer[name] as (...given: unknown[]) => Promise<unknown>
    return { n, is: packed(await method(...given)) ?? null }
  } catch (error) {
    if (error instanceof SigningRefused) return { n, refused: error.code }
    // What the signer was given may name people: only the kind of the fault leaves it.
    return { n, failed: error instanceof Error ? error.name : 'unknown' }
  }
}

/** Bytes travel as base64. */
const packed = (value: unknown): unknown =>
  typeof value === 'object' && value !== null && 'bytes' in value && Buffer.isBuffer(value.bytes)
    ? { ...value, bytes: value.bytes.toString('base64') }
    : value
