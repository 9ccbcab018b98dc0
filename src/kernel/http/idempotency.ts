import type { FastifyRequest } from 'fastify'
import { z } from 'zod'
import { roundDown } from '../clock.ts'
import { openUnder, sealUnder, sha256 } from '../crypto.ts'
import type { Db, Tx } from '../db/database.ts'
import { Problem } from '../problem.ts'

/** Long enough that nobody guesses another's: it opens the answer, receipt included. */
const Key = z.string().regex(/^[\x21-\x7e]{1,200}$/)

/** A write that was sent before: its answer, again. */
export interface Answer {
  status: number
  body: unknown
}

/** The request's Idempotency-Key, or null. Throws 400 `kernel/idempotency-key` on a bad one. */
export function idempotencyKey(request: FastifyRequest): string | null {
  const header = request.headers['idempotency-key']
  if (header === undefined) return null
  const parsed = Key.safeParse(header)
  if (!parsed.success)
    throw new Problem(
      'kernel/idempotency-key',
      400,
      'Idempotency-Key must be 1 to 200 visible ASCII characters; a random UUID is good.',
    )
  return parsed.data
}

/**
 * Runs a write at most once a key, inside its transaction. The answer is kept sealed under the
 * caller's key, so that a retry gets the same answer (a receipt too) and nobody else can read it.
 * A second writer of the same key waits for the first. Another body under the same key: 422.
 */
export async function once(
  tx: Tx,
  key: { scope: string; key: string | null; body: unknown; now: Date },
  write: () => Promise<Answer>,
): Promise<Answer> {
  if (key.key === null) return write()
  const keyed = { scope: key.scope, key: key.key, body: key.body }
  const { secret, keyHash, bodyHash } = hashesOf(keyed)
  const claimed = await tx
    .insertInto('idempotency_answers')
    .values({
      key_hash: keyHash,
      body_hash: bodyHash,
      status: 0,
      sealed_answer: Buffer.alloc(0),
      created_at: roundDown(key.now),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('key_hash')
    .executeTakeFirst()
  if (!claimed) return earlier(tx, keyed)
  const answer = await write()
  await tx
    .updateTable('idempotency_answers')
    .set({
      status: answer.status,
      sealed_answer: sealUnder(secret, 'idempotency', JSON.stringify(answer.body)),
    })
    .where('key_hash', '=', keyHash)
    .execute()
  return answer
}

/** A write's answer, ready to be kept under its sender's key before the write has happened. */
export interface KeyedAnswer {
  keyHash: string
  bodyHash: string
  sealed: Buffer
  status: number
  secret: string
}

/** Seals the answer that a write will have, if it is the first under its key. */
export function keyedAnswer(
  key: { scope: string; key: string; body: unknown },
  { status, body }: Answer,
): KeyedAnswer {
  const { secret, keyHash, bodyHash } = hashesOf(key)
  const sealed = sealUnder(secret, 'idempotency', JSON.stringify(body))
  return { keyHash, bodyHash, sealed, status, secret }
}

/** What was answered under this key before, or the problem of another body under it. */
export function earlierAnswer(
  { secret, bodyHash }: KeyedAnswer,
  kept: { body_hash: string; status: number; sealed_answer: Buffer },
): Answer | Problem {
  if (kept.body_hash !== bodyHash) return mismatch()
  const body = JSON.parse(openUnder(secret, 'idempotency', kept.sealed_answer))
  return { status: kept.status, body }
}

const mismatch = (): Problem =>
  new Problem(
    'kernel/idempotency-mismatch',
    422,
    'This Idempotency-Key was used for another body. Use a new key for a new request.',
  )

interface Keyed {
  scope: string
  key: string
  body: unknown
}

function hashesOf({ scope, key, body }: Keyed) {
  const secret = `${scope}\n${key}`
  return {
    secret,
    keyHash: sha256(secret),
    // Under the caller's key as well: nobody can try guesses of a body against what we keep.
    bodyHash: sha256(`${secret}\n${JSON.stringify(body ?? null)}`),
  }
}

async function earlier(tx: Tx, key: Keyed): Promise<Answer> {
  const answer = await answeredBefore(tx, key)
  if (answer) return answer
  throw new Problem(
    'kernel/try-again',
    503,
    'The first of these two requests failed. Send it again.',
  )
}

/** What this body was answered under this key before; null if it never was. Throws 422 for another body. */
export async function answeredBefore(db: Db | Tx, key: Keyed): Promise<Answer | null> {
  const { secret, keyHash, bodyHash } = hashesOf(key)
  const kept = await db
    .selectFrom('idempotency_answers')
    .selectAll()
    .where('key_hash', '=', keyHash)
    .executeTakeFirst()
  if (!kept) return null
  if (kept.body_hash !== bodyHash) throw mismatch()
  const body = JSON.parse(openUnder(secret, 'idempotency', kept.sealed_answer))
  return { status: kept.status, body }
}
