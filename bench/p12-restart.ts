import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { Kysely, PostgresDialect } from 'kysely'
import pg from 'pg'
import { to as copyTo } from 'pg-copy-streams'
import { hexOf } from '../src/alerts/contract-h3.ts'
import { makeAudience } from '../src/alerts/matching/audience.ts'
import { packCells } from '../src/alerts/matching/stored-cells.ts'
import type { Database } from '../src/schema.ts'
import { cellsAt, people, pointsOf } from './audience.ts'
import { hasPostgis, startPostgis } from './postgis.ts'
import type { Bench, Prepared } from './side-by-side.ts'

const migration = join(import.meta.dirname, '../src/migrations/202611250200-alerts-first.sql')

/** A million subscriptions in a table as ours is, made by the same statement. */
async function fill(client: pg.Client): Promise<void> {
  await client.query(readFileSync(migration, 'utf8'))
  const homes = pointsOf(people, 7)
  const step = 20_000
  for (let at = 0; at < homes.length; at += step) {
    const cells = homes
      .slice(at, at + step)
      .map((home) =>
        packCells(cellsAt(home).map(({ cell, rank }) => ({ cell: hexOf(cell), rank }))),
      )
    await client.query(
      `insert into subscriptions (version, capability_hash, state, channel, origin, language, cells, wants,
         quiet_from, quiet_to, sealed_endpoint, contact_hash, confirm_hash, gone_at, created_at)
       select 1, md5(($1 + n)::text), 'active', 'webpush', 'https://push' || (n % 3) || '.example', 'es', c, 1,
         null, null, decode(repeat('ab', 250), 'hex'), md5(n::text), null, null, now()
       from unnest($2::bytea[]) with ordinality as t (c, n)`,
      [at, cells],
    )
  }
  await client.query('vacuum analyze subscriptions')
}

async function prepare(): Promise<Prepared> {
  if (!hasPostgis()) throw new Error('apt-get install postgresql-15-postgis-3')
  const { client, stop } = await startPostgis()
  await fill(client)
  const pool = new pg.Pool({ host: client.host, user: 'bench', database: 'postgres', max: 4 })
  const db = new Kysely<Database>({ dialect: new PostgresDialect({ pool }) })
  return {
    async ours() {
      const began = performance.now()
      const audience = makeAudience(db, pool)
      await audience.catchUp()
      const took = performance.now() - began
      if (audience.size !== people) throw new Error(`${audience.size} of ${people} were read`)
      return took
    },
    async peer() {
      const copying = await pool.connect()
      const began = performance.now()
      const stream = copying.query(copyTo('copy subscriptions to stdout (format binary)'))
      for await (const chunk of stream) void chunk
      copying.release()
      return performance.now() - began
    },
    async close() {
      await pool.end()
      await stop()
    },
  }
}

export const benches: readonly Bench[] = [
  {
    id: 'P12',
    what: 'a process that starts again, until it can match 1,000,000 subscriptions',
    unit: 'ms',
    target: { atMost: 2 },
    bound: 'seven million cells are read out of the rows and put into their lists',
    prepare,
  },
]
