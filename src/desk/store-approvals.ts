import type { ApprovalProof } from '../kernel/approvals/index.ts'
import type { Db, Tx } from '../kernel/db/database.ts'

/** Every query of the room on approvals. */

interface ApprovalRow {
  id: string
  challenge: string
  person_id: string
  organisation_id: string
  act: string
  object: string
  statement: string
  proof: ApprovalProof | null
  created_at: Date
}

export const insertApproval = (tx: Tx, { proof, ...row }: ApprovalRow): Promise<unknown> =>
  tx
    .insertInto('approvals')
    .values({ ...row, proof: proof && JSON.stringify(proof) })
    .execute()

/** Adds the proof to what was asked; undefined where nothing was, or it was answered. */
export const proveApproval = (
  tx: Tx,
  challenge: string,
  personId: string,
  proof: ApprovalProof,
): Promise<{ act: string; object: string } | undefined> =>
  tx
    .updateTable('approvals')
    .set({ proof: JSON.stringify(proof) })
    .where('challenge', '=', challenge)
    .where('person_id', '=', personId)
    .where('proof', 'is', null)
    .returning(['act', 'object'])
    .executeTakeFirst()

/** What a person has approved of one act on one thing since then, newest first. */
export const findProven = (
  tx: Tx,
  { personId, act, object, since }: { personId: string; act: string; object: string; since: Date },
) =>
  tx
    .selectFrom('approvals')
    .select(['id', 'statement', 'proof'])
    .where('person_id', '=', personId)
    .where('act', '=', act)
    .where('object', '=', object)
    .where('proof', 'is not', null)
    .where('created_at', '>', since)
    .orderBy('created_at', 'desc')
    .limit(20)
    .execute()

export const readApprovals = (db: Db | Tx, ids: readonly string[]) =>
  ids.length === 0
    ? Promise.resolve([])
    : db
        .selectFrom('approvals')
        .select(['person_id', 'organisation_id', 'statement', 'proof'])
        .where('id', 'in', [...ids])
        .execute()
