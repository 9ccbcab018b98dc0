import { askForJobs } from '../kernel/ask-for-jobs.ts'
import { announce } from '../kernel/bus.ts'
import type { Db } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { Ledger } from '../kernel/ledger.ts'
import { sendJob } from './deliver/make-pages.ts'
import { unfinishedPages } from './deliver/store-pages.ts'
import { refuse } from './refuse.ts'
import type { AlertsRoom } from './room.ts'

/** What the public is told of a halt. */
export interface Halt {
  halted: boolean
  since: string | null
  reason: string | null
}

const row = (db: Pick<Db, 'selectFrom'>) =>
  db.selectFrom('sending_halt').selectAll().where('id', '=', 1).executeTakeFirstOrThrow()

export const isHalted = async (db: Pick<Db, 'selectFrom'>): Promise<boolean> =>
  (await row(db)).halted_at !== null

/** Whether sending is halted, since when and why. Who halted it is the desk's. */
export async function readHalt(db: Pick<Db, 'selectFrom'>): Promise<Halt> {
  const { halted_at, reason } = await row(db)
  return { halted: halted_at !== null, since: halted_at?.toISOString() ?? null, reason }
}

/**
 * Halts all sending at once: one approver or administrator suffices, and why is published. Pages
 * under way stop within a quarter of a second; the signer signs nothing new. Halting twice is once.
 */
export async function haltSending(room: AlertsRoom, actor: Actor, reason: string): Promise<Halt> {
  const { kernel, signer } = room
  const now = kernel.clock.now()
  await kernel.db.transaction().execute(async (tx) => {
    const changed = await tx
      .updateTable('sending_halt')
      .set({ halted_at: now, halted_by: actor.personId, reason })
      .where('id', '=', 1)
      .where('halted_at', 'is', null)
      .executeTakeFirst()
    if (changed.numUpdatedRows === 0n) return
    const subject = `halt ${now.toISOString()}`
    await Ledger.append(tx, { kind: 'halt', subject, record: { reason }, at: now })
    await happened(room, tx, 'sending.halted', actor, now)
  })
  // Sending has stopped whether or not the signer can be reached.
  await signer.halt().catch(() => kernel.log('error', 'the signer was not told of the halt'))
  return readHalt(kernel.db)
}

/** Ends a halt: an approver or administrator stands behind it by key. What has not expired goes on. */
export async function resumeSending(room: AlertsRoom, actor: Actor): Promise<Halt> {
  const { kernel } = room
  const now = kernel.clock.now()
  await kernel.db.transaction().execute(async (tx) => {
    const { halted_at } = await tx
      .selectFrom('sending_halt')
      .selectAll()
      .where('id', '=', 1)
      .forUpdate()
      .executeTakeFirstOrThrow()
    if (!halted_at) return
    const matter = resumeMatter(halted_at)
    const id = await room.takeApproval(tx, actor, matter, true)
    const [approval] = await room.approvals([id], tx)
    if (!approval) throw refuse('alerts/halted')
    await room.signer.resume(approval)
    await tx
      .updateTable('sending_halt')
      .set({ halted_at: null, halted_by: null, reason: null })
      .where('id', '=', 1)
      .execute()
    const subject = `resume ${now.toISOString()}`
    await Ledger.append(tx, { kind: 'halt', subject, record: { resumed: true }, at: now })
    await askForJobs(
      tx,
      (await unfinishedPages(tx, now)).map((page) => sendJob(page)),
    )
    await happened(room, tx, 'sending.resumed', actor, now)
  })
  return readHalt(kernel.db)
}

/** What somebody stands behind who ends a halt: that very halt. */
export const resumeMatter = (haltedAt: Date) => ({
  act: 'resume',
  object: 'sending',
  facts: { since: haltedAt.toISOString() },
})

async function happened(
  { kernel }: AlertsRoom,
  tx: Parameters<typeof announce>[0],
  type: string,
  actor: Actor,
  at: Date,
): Promise<void> {
  await kernel.emit(tx as Parameters<typeof kernel.emit>[0], {
    id: kernel.ids.uuid(),
    stream: 'sending',
    streamId: 'all',
    type,
    actorId: actor.personId,
    data: {},
    at,
  })
  await announce(tx, 'desk')
}
