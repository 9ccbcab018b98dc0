import type pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import type { Db } from '../../kernel/db/database.ts'
import { limits } from '../../kernel/limits.ts'
import { ChannelTable, type Route } from './channel-table.ts'
import { copiedRows } from './copied-rows.ts'
import { type Entry, MatchIndex, type Recipient } from './match-index.ts'
import { unpackCells } from './stored-cells.ts'

/** Who asked to hear, in this process's memory; of the shards it was told to hold. */
export interface Audience {
  /** Reads what has changed; the first time, everything. */
  catchUp(): Promise<void>
  /** Whom these cells concern, nearest first, of one shard. */
  match(cells: readonly string[], shard: number): Recipient[]
  routeOf(channel: number): Route
  readonly size: number
  readonly bytes: number
}

interface Row {
  id: number
  version: string
  state: string
  channel: string
  origin: string
  cells: Buffer
  wants: number
  quiet_from: number | null
  quiet_to: number | null
}

const pageRows = 5000

/**
 * The audience of a process. A subscription changes under a new version, given out in the order of
 * commits (one locked row), so that whoever has read up to a version has missed none before it.
 */
export function makeAudience(db: Db, pool: pg.Pool): Audience {
  const index = new MatchIndex()
  const table = new ChannelTable()
  let version = -1n
  let reading: Promise<void> | null = null
  const take = (row: Row): void => {
    if (row.state === 'active') index.put(entryOf(row, table))
    else index.remove(row.id)
  }
  const read = async (): Promise<void> => {
    if (version < 0n) {
      const start = await versionNow(db)
      await copyAll(pool, take)
      version = start
    }
    for (;;) {
      const rows = await changedAfter(db, version)
      for (const row of rows) take(row)
      version = BigInt(rows.at(-1)?.version ?? version)
      if (rows.length < pageRows) return
    }
  }
  return {
    // Two that ask at once read once; but one that asks while another reads must read again.
    async catchUp() {
      await reading?.catch(() => {})
      reading = read()
      await reading
    },
    match(cells, shard) {
      const { ids, ranks } = index.match(cells)
      const found: Recipient[] = []
      for (const [at, id] of ids.entries())
        if (id % limits.matchShards === shard) found.push(index.recipient(id, ranks[at] ?? 0))
      return found
    },
    routeOf: (channel) => table.routeOf(channel),
    get size() {
      return index.size
    },
    get bytes() {
      return index.bytes
    },
  }
}

function entryOf(row: Row, table: ChannelTable): Entry {
  const route = { channel: row.channel, origin: row.origin } as Route
  return {
    id: row.id,
    cells: unpackCells(row.cells),
    channel: table.numberOf(route),
    wants: row.wants,
    quietFrom: row.quiet_from ?? 255,
    quietTo: row.quiet_to ?? 255,
  }
}

const versionNow = async (db: Db): Promise<bigint> =>
  BigInt(
    (
      await db
        .selectFrom('subscription_counter')
        .select('version')
        .where('id', '=', 1)
        .executeTakeFirstOrThrow()
    ).version,
  )

const changedAfter = (db: Db, version: bigint): Promise<Row[]> =>
  db
    .selectFrom('subscriptions')
    .select([
      'id',
      'version',
      'state',
      'channel',
      'origin',
      'cells',
      'wants',
      'quiet_from',
      'quiet_to',
    ])
    .where('version', '>', version.toString())
    .orderBy('version')
    .limit(pageRows)
    .execute()

/** Everything at once, in PostgreSQL's binary copy format: a million rows in a second or two. */
async function copyAll(pool: pg.Pool, take: (row: Row) => void): Promise<void> {
  const client = await pool.connect()
  try {
    const stream = client.query(
      copyTo(
        `copy (select id, channel, origin, cells, wants, quiet_from, quiet_to
           from subscriptions where state = 'active') to stdout (format binary)`,
      ),
    )
    const rows = copiedRows(([id, channel, origin, cells, wants, from, to]) =>
      take({
        id: id?.readInt32BE() ?? 0,
        version: '',
        state: 'active',
        channel: String(channel),
        origin: String(origin),
        cells: cells ?? Buffer.alloc(0),
        wants: wants?.readInt16BE() ?? 0,
        quiet_from: from?.readInt16BE() ?? null,
        quiet_to: to?.readInt16BE() ?? null,
      }),
    )
    for await (const chunk of stream) rows.push(chunk as Buffer)
    rows.end()
  } finally {
    client.release()
  }
}
