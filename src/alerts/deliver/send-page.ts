import type { Endpoint } from '../contract.ts'
import type { SignedAlert } from '../contract-alert.ts'
import { openEndpoint, receiptOf } from '../endpoints.ts'
import { isHalted } from '../halt.ts'
import { takePreparedKeys } from '../prepared-keys.ts'
import type { AlertsRoom } from '../room.ts'
import { type AlertRow, alertOf, isSuperseded } from '../store.ts'
import { endSubscriptions, setState, toSend } from '../store-subscriptions.ts'
import type { Delivery, Outcome } from './channels.ts'
import { claimPage, finishPage, noteTold, type PageRow, pageById } from './store-pages.ts'

/** How often a page under way asks whether a later word or a halt has come. */
const lookMilliseconds = 250

/**
 * Sends a page. At least once: of a process that is killed in the middle another sends what was not
 * noted as taken. Phones show a push once; of texts and letters those few that were under way are doubled. Nothing is sent after the alert's expiry, nor of a word that a later one has
 * taken the place of; while all sending is halted the page waits (reliability.md B1).
 */
export async function sendPage(room: AlertsRoom, pageId: string): Promise<void> {
  const { db, clock } = room.kernel
  const page = await pageById(db, pageId)
  if (!page || page.finished_at || (await isHalted(db))) return
  const alert = await alertOf(db, page.incident_id, page.revision)
  const sender = room.channels[page.channel as keyof typeof room.channels]
  const over =
    !alert?.signature ||
    !sender ||
    alert.expires_at <= clock.now() ||
    (await superseded(room, page))
  if (over) return finish(room, page, new Map())
  await claimPage(db, page.id, clock.now())
  const outcomes = new Map<number, Outcome>(page.told?.map((id) => [id, 'accepted']))
  const watch = watchPage(room, page)
  try {
    await sender.send({
      signed: signedOf(alert),
      document: alert.document,
      deliveries: (await deliveriesOf(room, page)).filter(({ id }) => !outcomes.has(id)),
      deadline: alert.expires_at,
      wanted: watch.wanted,
      async onOutcome(id, outcome) {
        outcomes.set(id, outcome)
        if (outcome === 'accepted' && page.channel !== 'webpush') await noteTold(db, page.id, id)
      },
    })
  } finally {
    watch.stop()
  }
  // Halted in the middle: what was not handed over waits for the end of the halt, on a page of its own.
  if (watch.halted()) await splitOff(room, page, outcomes)
  await finish(room, page, outcomes)
}

const superseded = ({ kernel: { db } }: AlertsRoom, page: PageRow): Promise<boolean> =>
  isSuperseded(db, page.incident_id, page.revision)

const signedOf = ({ document, key_id, signature }: AlertRow): SignedAlert => ({
  alert: JSON.parse(document) as SignedAlert['alert'],
  keyId: key_id ?? '',
  signature: signature ?? '',
})

async function deliveriesOf(room: AlertsRoom, page: PageRow): Promise<Delivery[]> {
  const { kernel } = room
  const rows = await toSend(kernel.db, page.subscription_ids ?? [])
  const prepared =
    page.channel === 'webpush' ? await takePreparedKeys(room, rows) : new Map<number, Buffer>()
  const order = new Map((page.subscription_ids ?? []).map((id, at) => [id, at]))
  const word = `${page.incident_id}/${page.revision}`
  return rows
    .flatMap(({ id, language, contact_hash, sealed_endpoint }) => {
      const endpoint: Endpoint | null = openEndpoint(kernel, contact_hash, sealed_endpoint)
      const receipt = receiptOf(kernel, id, word)
      return endpoint
        ? [{ id, endpoint, language, receipt, prepared: prepared.get(id) ?? null }]
        : []
    })
    .sort((a, b) => (order.get(a.id) ?? 0) - (order.get(b.id) ?? 0))
}

/** Looks again and again whether the page is still to be sent, so that a stop is felt within the page. */
function watchPage(room: AlertsRoom, page: PageRow) {
  let later = false
  let halted = false
  const look = async (): Promise<void> => {
    later ||= await superseded(room, page)
    halted ||= await isHalted(room.kernel.db)
  }
  const timer = setInterval(() => void look().catch(() => {}), lookMilliseconds)
  return {
    wanted: () => !later && !halted,
    halted: () => halted && !later,
    stop: () => clearInterval(timer),
  }
}

async function finish(
  room: AlertsRoom,
  page: PageRow,
  outcomes: ReadonlyMap<number, Outcome>,
): Promise<void> {
  const { db, clock } = room.kernel
  const of = (...wanted: Outcome[]): number[] =>
    [...outcomes].flatMap(([id, outcome]) => (wanted.includes(outcome) ? [id] : []))
  const told = of('accepted')
  await db.transaction().execute(async (tx) => {
    const failed = outcomes.size - told.length - of('unwanted').length
    await finishPage(tx, page.id, { told, failed, now: clock.now() })
    await forgetGone(room, tx, of('gone'), told)
  })
}

/** Whoever a service says is gone is believed the second time; one answer may be a fault of theirs. */
async function forgetGone(
  room: AlertsRoom,
  tx: Parameters<typeof setState>[0],
  gone: readonly number[],
  there: readonly number[],
): Promise<void> {
  const doubted = await tx
    .selectFrom('subscriptions')
    .select(['id', 'gone_at'])
    .where('id', 'in', gone.length > 0 ? [...gone] : [-1])
    .execute()
  await endSubscriptions(
    tx,
    doubted.flatMap(({ id, gone_at }) => (gone_at ? [id] : [])),
  )
  await setState(
    tx,
    doubted.flatMap(({ id, gone_at }) => (gone_at ? [] : [id])),
    {
      gone_at: room.kernel.clock.now(),
    },
  )
  if (there.length > 0)
    await tx
      .updateTable('subscriptions')
      .set({ gone_at: null })
      .where('id', 'in', [...there])
      .where('gone_at', 'is not', null)
      .execute()
}

async function splitOff(
  room: AlertsRoom,
  page: PageRow,
  outcomes: Map<number, Outcome>,
): Promise<void> {
  const left = (page.subscription_ids ?? []).filter(
    (id) => (outcomes.get(id) ?? 'unwanted') === 'unwanted',
  )
  if (left.length === 0) return
  await room.kernel.db
    .insertInto('alert_pages')
    .values({
      ...page,
      id: room.kernel.ids.uuid(),
      subscription_ids: left,
      claimed_at: null,
      told: null,
    })
    .execute()
}
