import { createHash, randomBytes } from 'node:crypto'
import { sql } from 'kysely'
import { canonicalJson, type Json } from './canonical.ts'
import type { Tx } from './db/database.ts'

/** A public act to be committed to the log. */
export interface LedgerRecord {
  /** `alert`, `finding`, `halt` ... */
  kind: string
  /** What it is of; with `kind` it names the entry, so that asking twice writes once. */
  subject: string
  record: Json
  at: Date
}

/**
 * The log's port. `append` writes, in the caller's transaction, the record and its salted commitment
 * SHA-256(salt ‖ canonical record) with the next number, in the order of commits (design.md 6): what
 * the Merkle log takes up as its leaves. Appended again it answers the number it has.
 */
export const Ledger = {
  async append(tx: Tx, { kind, subject, record, at }: LedgerRecord): Promise<string> {
    const known = await find(tx, kind, subject)
    if (known) return known
    const counter = await tx
      .updateTable('ledger_counter')
      .set({ seq: sql`seq + 1` })
      .where('id', '=', 1)
      .returning('seq')
      .executeTakeFirstOrThrow()
    const text = canonicalJson(record)
    const salt = randomBytes(32)
    await tx
      .insertInto('ledger_entries')
      .values({
        seq: counter.seq,
        kind,
        subject,
        record: text,
        salt,
        hash: createHash('sha256').update(salt).update(text).digest(),
        created_at: at,
      })
      .execute()
    return counter.seq
  },
}

const find = async (tx: Tx, kind: string, subject: string): Promise<string | undefined> =>
  (
    await tx
      .selectFrom('ledger_entries')
      .select('seq')
      .where('kind', '=', kind)
      .where('subject', '=', subject)
      .executeTakeFirst()
  )?.seq
