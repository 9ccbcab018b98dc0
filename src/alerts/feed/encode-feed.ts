import { type Alert, drillMark, feedPrefix } from '../contract-alert.ts'
import { activities, alphabet, findings, kinds, magic, precisions } from '../contract-feed.ts'

/** Lays out and signs the feed (`contract-feed.ts`); alerts with the newest word last. */
export function encodeFeed(
  alerts: readonly Alert[],
  now: Date,
  sign: (bytes: Buffer) => string,
  mark: string = magic,
): Buffer {
  const rows = alerts.toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1))
  const head = Buffer.alloc(10)
  head.write(mark)
  head.writeUInt32BE(seconds(now.toISOString()), 4)
  head.writeUInt16BE(rows.length, 8)
  const body = Buffer.concat([head, ...columns(rows), ...places(rows)])
  const signature = Buffer.from(sign(Buffer.concat([Buffer.from(feedPrefix), body])), 'base64url')
  return Buffer.concat([body, signature])
}

const seconds = (iso: string | null): number => (iso ? Math.floor(Date.parse(iso) / 1000) : 0)

const columns = (rows: readonly Alert[]): Buffer[] => [
  Buffer.concat(rows.map(({ id }) => idBytes(id))),
  numbers(rows, 2, ({ revision }) => revision),
  numbers(rows, 1, ({ kind }) => kinds.indexOf(kind)),
  numbers(rows, 1, ({ activity }) => Math.max(0, index(activities, activity))),
  numbers(rows, 1, ({ precision }) => precisions.indexOf(precision)),
  numbers(rows, 1, ({ correction }) => Math.max(0, index(findings, correction?.was ?? ''))),
  numbers(rows, 1, ({ correction }) => Math.max(0, index(findings, correction?.now ?? ''))),
  numbers(rows, 4, ({ seenAt }) => seconds(seenAt)),
  numbers(rows, 4, ({ sentAt }) => seconds(sentAt)),
  numbers(rows, 4, ({ expiresAt }) => seconds(expiresAt)),
  numbers(rows, 1, ({ cells }) => cells.length),
  Buffer.concat(rows.flatMap(({ cells }) => cells.map(cellBytes))),
]

const index = (list: readonly string[], value: string): number => list.indexOf(value)

function places(rows: readonly Alert[]): Buffer[] {
  const text = Buffer.from(rows.map(({ place }) => place.replaceAll('\n', ' ')).join('\n'))
  const length = Buffer.alloc(4)
  length.writeUInt32BE(text.length)
  return [length, text]
}

function numbers(rows: readonly Alert[], width: number, of: (row: Alert) => number): Buffer {
  const column = Buffer.alloc(rows.length * width)
  for (const [i, row] of rows.entries()) column.writeUIntBE(of(row), i * width, width)
  return column
}

const cellBytes = (cell: string): Buffer => Buffer.from(cell.padStart(16, '0'), 'hex')

/** `7K3D-9QPT` is forty bits. */
function idBytes(id: string): Buffer {
  const letters = id.replace(drillMark, '').replaceAll('-', '')
  const value = [...letters].reduce(
    (sum, letter) => sum * 32n + BigInt(alphabet.indexOf(letter)),
    0n,
  )
  return Buffer.from(value.toString(16).padStart(10, '0'), 'hex')
}
