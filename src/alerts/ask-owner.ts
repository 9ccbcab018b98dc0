import type { Tx } from '../kernel/db/database.ts'
import { limits } from '../kernel/limits.ts'
import { unlessStopped } from './deliver/unless-stopped.ts'
import { openEndpoint } from './endpoints.ts'
import type { AlertsRoom } from './room.ts'
import { endSubscriptions } from './store-subscriptions.ts'

const hour = 3_600_000

/**
 * Asks the owner of a number or address whether it was they who asked for alerts. Every try counts
 * towards the budgets, of one contact and of all, so that nobody can use us to pester a stranger or to
 * run up a bill (security.md S7); past them nothing is sent and nothing is told. Throws where the
 * gateway did not take it: the job comes again.
 */
export async function askOwner(room: AlertsRoom, hash: string): Promise<void> {
  const { kernel, channels } = room
  const row = await pendingOf(room, hash)
  const sender = row && channels[row.channel]
  const endpoint = row && openEndpoint(kernel, hash, row.sealed_endpoint)
  const ask = sender?.ask
  if (!row || !ask || !endpoint) return
  const state = 'pending'
  const asked = await unlessStopped(kernel.db, { id: row.id, hash, state }, async (tx) => {
    if (await isSpent(tx, hash, kernel.clock.now())) {
      kernel.log('info', 'a question whether alerts are wanted was over budget')
      return 'refused'
    }
    await tx
      .insertInto('confirmation_asks')
      .values({ contact_hash: hash, created_at: kernel.clock.now() })
      .execute()
    return ask({ endpoint, language: row.language })
  })
  if (asked === 'again') throw new Error('the question was not taken')
}

const pendingOf = ({ kernel: { db } }: AlertsRoom, hash: string) =>
  db
    .selectFrom('subscriptions')
    .select(['id', 'channel', 'language', 'sealed_endpoint'])
    .where('contact_hash', '=', hash)
    .where('state', '=', 'pending')
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst()

async function isSpent(tx: Tx, hash: string, now: Date): Promise<boolean> {
  const since = (hours: number): Date => new Date(now.getTime() - hours * hour)
  const { own } = await tx
    .selectFrom('confirmation_asks')
    .select(({ fn }) => fn.countAll<string>().as('own'))
    .where('contact_hash', '=', hash)
    .where('created_at', '>', since(24))
    .executeTakeFirstOrThrow()
  const { all } = await tx
    .selectFrom('confirmation_asks')
    .select(({ fn }) => fn.countAll<string>().as('all'))
    .where('created_at', '>', since(1))
    .executeTakeFirstOrThrow()
  return Number(own) >= limits.asksADay || Number(all) >= limits.asksAnHour
}

/** Ends what nobody confirmed within a day: where it would have gone is emptied with it. */
export async function forgetPending({ kernel: { db, clock } }: AlertsRoom): Promise<void> {
  const before = new Date(clock.now().getTime() - limits.pendingHours * hour)
  await db.transaction().execute(async (tx) => {
    const rows = await tx
      .selectFrom('subscriptions')
      .select('id')
      .where('state', '=', 'pending')
      .where('created_at', '<', before)
      .forUpdate()
      .execute()
    await endSubscriptions(
      tx,
      rows.map(({ id }) => id),
    )
    await forgetEnded(tx, clock.now())
  })
}

/** Rows of what ended have nothing left in them; every process has read by now that they did. */
async function forgetEnded(tx: Tx, now: Date): Promise<void> {
  await tx
    .deleteFrom('subscriptions')
    .where('state', '=', 'gone')
    .where('created_at', '<', new Date(now.getTime() - limits.pendingHours * hour))
    .execute()
}
