import { roundDown } from '../kernel/clock.ts'
import { sha256 } from '../kernel/crypto.ts'
import { limits } from '../kernel/limits.ts'
import { askToConfirm } from './confirm.ts'
import {
  type Endpoint,
  type NewSubscription,
  type StoredSubscription,
  type Want,
  wantBits,
} from './contract.ts'
import { quarterOf } from './deliver/quiet-hours.ts'
import { addressHash, addressOf, sealEndpoint } from './endpoints.ts'
import { growCells, mayName, type RankedCell } from './matching/grow-cells.ts'
import { packCells } from './matching/stored-cells.ts'
import { readEndpoint } from './read-endpoint.ts'
import { refuse } from './refuse.ts'
import type { AlertsRoom } from './room.ts'
import {
  byAddress,
  endSubscriptions,
  insertSubscription,
  isStopped,
} from './store-subscriptions.ts'

/** What whoever subscribes is told. By text or e-mail it is the same whether or not one was made. */
export interface Subscribed {
  /** Ends it, and is the only way to; null where it goes to the number or address instead. */
  capability: string | null
  /** Of a webhook: what its messages are signed with, told once. */
  secret: string | null
  stored: StoredSubscription
}

/**
 * Makes a subscription: cells of a thousand residents, a channel, a language. By text and e-mail it
 * is asleep until its owner confirms, and the answer is the same for a number that is there, that is
 * not, and that said STOP (security.md S7). One browser has one: subscribing again replaces it.
 * Throws the problems of `contract.ts`.
 */
export async function subscribe(room: AlertsRoom, body: NewSubscription): Promise<Subscribed> {
  const { kernel, channels } = room
  if (!channels[body.channel]) throw refuse('alerts/channel-off')
  if (!kernel.city.languages.some(({ code }) => code === body.language))
    throw refuse('alerts/no-such-language')
  const cells = storableCells(room, body.cells)
  const capability = kernel.ids.secret()
  const endpoint = readEndpoint(room, body, capability)
  const confirmed = body.channel === 'webpush' || body.channel === 'webhook'
  await keep(room, { body, cells, endpoint, capability, confirmed })
  return {
    capability: confirmed ? capability : null,
    secret: endpoint.channel === 'webhook' ? endpoint.secret : null,
    stored: storedOf(body, cells),
  }
}

/** The cells that may be kept. Throws `alerts/not-a-cell`, `/outside-the-city`, `/too-wide`. */
export function storableCells(room: AlertsRoom, wanted: readonly string[]): RankedCell[] {
  if (!wanted.every(mayName)) throw refuse('alerts/not-a-cell')
  const residents = room.residents()
  const cells = growCells(wanted, residents)
  if (!cells) throw refuse('alerts/outside-the-city')
  const covered = cells.reduce((sum, { cell }) => sum + residents.of(cell), 0)
  if (covered > residents.total * limits.cellsShare) throw refuse('alerts/too-wide')
  return cells
}

/** What would be stored of these cells, for whoever thinks about subscribing: nothing is kept. Throws as `subscribe`. */
export const previewCells = (room: AlertsRoom, wanted: readonly string[]): string[] =>
  storableCells(room, wanted).map(({ cell }) => cell)

const storedOf = (body: NewSubscription, cells: readonly RankedCell[]): StoredSubscription => ({
  cells: cells.map(({ cell }) => cell),
  channel: body.channel,
  language: body.language,
  wants: body.wants,
  quiet: body.quiet ?? null,
})

interface Kept {
  body: NewSubscription
  cells: readonly RankedCell[]
  endpoint: Endpoint
  capability: string
  confirmed: boolean
}

async function keep(room: AlertsRoom, kept: Kept): Promise<void> {
  const { kernel } = room
  const { endpoint, confirmed } = kept
  const hash = addressHash(kernel, endpoint.channel, addressOf(endpoint))
  await kernel.db.transaction().execute(async (tx) => {
    // What said STOP is not written to, not even to ask whether it meant it.
    if (!confirmed && (await isStopped(tx, hash))) return
    const before = await byAddress(tx, hash)
    const replaced = confirmed ? before : before.filter(({ state }) => state === 'pending')
    await endSubscriptions(
      tx,
      replaced.map(({ id }) => id),
    )
    await insertSubscription(tx, rowOf(room, kept, hash))
    if (!confirmed) await askToConfirm(tx, hash)
  })
}

function rowOf({ kernel }: AlertsRoom, kept: Kept, hash: string) {
  const { body, cells, endpoint, capability, confirmed } = kept
  return {
    capability_hash: sha256(capability),
    state: confirmed ? ('active' as const) : ('pending' as const),
    channel: body.channel,
    origin: originOf(kernel, endpoint),
    language: body.language,
    cells: packCells(cells),
    wants: bitsOf(body.wants, body.quiet?.wake ?? false),
    quiet_from: body.quiet ? quarterOf(body.quiet.from) : null,
    quiet_to: body.quiet ? quarterOf(body.quiet.to) : null,
    sealed_endpoint: sealEndpoint(kernel, hash, endpoint),
    contact_hash: hash,
    confirm_hash: endpoint.channel === 'email' ? sha256(endpoint.confirm) : null,
    gone_at: null,
    // When somebody came to us is nobody's business.
    created_at: roundDown(kernel.clock.now()),
  }
}

/**
 * Which pages are sent one after the other: those of one push service, or of one receiver of webhooks,
 * which is not named in the clear.
 */
function originOf(kernel: AlertsRoom['kernel'], endpoint: Endpoint): string {
  if (endpoint.channel === 'webpush') return new URL(endpoint.endpoint).origin
  if (endpoint.channel !== 'webhook') return ''
  return addressHash(kernel, 'receiver', new URL(endpoint.url).origin).slice(0, 16)
}

const bitsOf = (wants: readonly Want[], wake: boolean): number =>
  wants.reduce((bits, want) => bits | wantBits[want], wake ? wantBits.wake : 0)
