// Reads the city's feed (src/alerts/contract-feed.ts): the same bytes for everybody, matched on this phone.
import type { Alert } from '#src/alerts/contract-alert.ts'
import {
  activities,
  alphabet,
  findings,
  kinds,
  magic,
  precisions,
} from '#src/alerts/contract-feed.ts'
import { feedPrefix } from '#src/alerts/contract-prefix.ts'
import { type AlertKey, holds } from './message.ts'

export interface Feed {
  /** Milliseconds since 1970: when the deployment signed it. */
  signedAt: number
  alerts: Alert[]
}

const signatureBytes = 64
const headBytes = 10

/** The feed, or null where its signature does not hold under this key or it is not laid out as ours are. */
export async function readFeed(
  bytes: Uint8Array<ArrayBuffer>,
  key: AlertKey,
  origin: string,
): Promise<Feed | null> {
  if (bytes.length < headBytes + signatureBytes) return null
  const body = bytes.slice(0, -signatureBytes)
  const prefix = new TextEncoder().encode(feedPrefix)
  const signed = new Uint8Array(prefix.length + body.length)
  signed.set(prefix)
  signed.set(body, prefix.length)
  if (!(await holds(bytes.slice(-signatureBytes), signed, key))) return null
  try {
    return parse(body, origin)
  } catch {
    return null
  }
}

/** Takes numbers off the front, column by column; throws where the bytes end too early. */
function reader(body: Uint8Array<ArrayBuffer>, count: number) {
  const view = new DataView(body.buffer, body.byteOffset, body.byteLength)
  let at = headBytes
  const one = (width: number): bigint => {
    let value = 0n
    for (let i = 0; i < width; i++) value = (value << 8n) | BigInt(view.getUint8(at++))
    return value
  }
  const column = (width: number): bigint[] => Array.from({ length: count }, () => one(width))
  return {
    column,
    numbers: (width: number): number[] => column(width).map(Number),
    cells: (many: number): string[] => Array.from({ length: many }, () => one(8).toString(16)),
    /** All that is left: its length, and as many bytes. */
    text: (): string | null => {
      const length = Number(one(4))
      return at + length === body.length ? new TextDecoder().decode(body.subarray(at)) : null
    },
  }
}

/** The columns, in the order in which they stand. */
function columnsOf(body: Uint8Array<ArrayBuffer>, count: number) {
  const { column, numbers, cells, text } = reader(body, count)
  const facts = {
    id: column(5),
    revision: numbers(2),
    kind: numbers(1),
    activity: numbers(1),
    precision: numbers(1),
    was: numbers(1),
    now: numbers(1),
    seenAt: numbers(4),
    sentAt: numbers(4),
    expiresAt: numbers(4),
  }
  return { facts, cells: numbers(1).map(cells), places: text()?.split('\n') ?? null }
}

/** Throws where it ends too early. */
function parse(body: Uint8Array<ArrayBuffer>, origin: string): Feed | null {
  const head = new DataView(body.buffer, body.byteOffset, headBytes)
  if (new TextDecoder().decode(body.subarray(0, magic.length)) !== magic) return null
  const { facts, cells, places } = columnsOf(body, head.getUint16(8))
  if (!places) return null
  const alerts = facts.id.map((id, row): Alert => {
    const number = (column: number[]): number => column[row] ?? 0
    const seenAt = number(facts.seenAt)
    return {
      v: 1,
      origin,
      id: numberOf(id),
      revision: number(facts.revision),
      kind: named(kinds, number(facts.kind)),
      activity: named(activities, number(facts.activity)),
      precision: named(precisions, number(facts.precision)),
      place: places[row] ?? '',
      areas: [],
      cells: cells[row] ?? [],
      seenAt: seenAt === 0 ? null : iso(seenAt),
      sentAt: iso(number(facts.sentAt)),
      expiresAt: iso(number(facts.expiresAt)),
      correction: correctionOf(number(facts.was), number(facts.now)),
      drill: false,
    }
  })
  return { signedAt: head.getUint32(4) * 1000, alerts }
}

/** Throws where a newer program named something that this one does not know. */
function named<Name extends string>(names: readonly Name[], index: number): Name {
  const name = names[index]
  if (name === undefined) throw new RangeError('a number without a name')
  return name
}

const correctionOf = (was: number, now: number): Alert['correction'] =>
  was === 0 ? null : { was: named(findings, was), now: named(findings, now) }

const iso = (seconds: number): string => new Date(seconds * 1000).toISOString()

/** Forty bits as people read them: `7K3D-9QPT`. */
function numberOf(id: bigint): string {
  const letters = Array.from(
    { length: 8 },
    (_, i) => alphabet[Number((id >> BigInt(5 * (7 - i))) & 31n)],
  ).join('')
  return `${letters.slice(0, 4)}-${letters.slice(4)}`
}
