import { sql } from 'kysely'
import { roundDown } from '../../kernel/clock.ts'
import type { Db, Tx } from '../../kernel/db/database.ts'
import type { Sealing } from '../../kernel/sealing/index.ts'
import type { Dialogue } from './dialogue.ts'

/** Minutes that an unfinished dialogue is kept. */
export const dialogueMinutes = 30

/** What rests sealed for a number: its dialogue and the parts of a long message, until then. */
export interface Kept {
  until: string
  dialogue: Dialogue | null
  parts: { reference: string; total: number; got: Record<string, string> } | null
}

const placeOf = (key: string, at: Date) => ({ table: 'sms_dialogues', id: key, at, days: 1 })

/** Lets the messages of one number in one after the other, for the rest of the transaction. */
export const oneAtATime = (tx: Tx, key: string): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(hashtextextended(${key}, 0))`.execute(tx)

/** What is kept for a number; null for none, or past its half hour. */
export async function keptFor(
  sealing: Sealing,
  tx: Tx,
  key: string,
  now: Date,
): Promise<Kept | null> {
  const row = await tx
    .selectFrom('sms_dialogues')
    .selectAll()
    .where('number_hash', '=', key)
    .executeTakeFirst()
  const kept = row && sealing.open<Kept>(placeOf(key, row.created_at), row.sealed)
  return kept && new Date(kept.until) > now ? kept : null
}

/** Keeps it for half an hour from now, or forgets it. Its times at rest are rounded. */
export async function keep(
  sealing: Sealing,
  tx: Tx,
  key: string,
  { kept, now }: { kept: Omit<Kept, 'until'> | null; now: Date },
): Promise<void> {
  await tx.deleteFrom('sms_dialogues').where('number_hash', '=', key).execute()
  if (!kept) return
  const created = roundDown(now)
  const until = new Date(now.getTime() + dialogueMinutes * 60_000)
  await tx
    .insertInto('sms_dialogues')
    .values({
      number_hash: key,
      sealed: sealing.seal(placeOf(key, created), { ...kept, until: until.toISOString() }),
      created_at: created,
    })
    .execute()
}

/** Deletes what is past its half hour; the rounding keeps a row five minutes longer than it opens. */
export const forgetDialogues = (db: Db, now: Date): Promise<unknown> =>
  db
    .deleteFrom('sms_dialogues')
    .where('created_at', '<', new Date(now.getTime() - (dialogueMinutes + 5) * 60_000))
    .execute()

/** Whether a message came before, however long ago within the month; it is known from now on. */
export async function isNews(tx: Tx, idHash: string, now: Date): Promise<boolean> {
  const added = await tx
    .insertInto('sms_messages')
    .values({ id_hash: idHash, created_at: roundDown(now) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id_hash')
    .executeTakeFirst()
  return added !== undefined
}
