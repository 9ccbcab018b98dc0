import { Kysely, PostgresDialect, type Transaction } from 'kysely'
import pg from 'pg'
import type { Database } from '../../schema.ts'

export type Db = Kysely<Database>
export type Tx = Transaction<Database>

/** Connections of one process; the embedded server allows 100 in all. */
const poolSize = 20

/**
 * The process's one pool and the query builder on it. A lost connection is not an error of ours:
 * the pool makes a new one, and whoever was waiting gets the error.
 */
export function openDatabase(url: string): { db: Db; pool: pg.Pool } {
  const pool = new pg.Pool({
    connectionString: url,
    max: poolSize,
    connectionTimeoutMillis: 10_000,
    statement_timeout: 60_000,
    idle_in_transaction_session_timeout: 60_000,
    application_name: 'porchlight',
    options: '-c TimeZone=UTC',
  })
  // Without a listener the process would fall with its first idle connection (stack.md).
  pool.on('error', () => {})
  pool.on('connect', (client) => client.on('error', () => {}))
  return { db: new Kysely<Database>({ dialect: new PostgresDialect({ pool }) }), pool }
}

/** Closes the pool. Kysely's own `destroy` leaves it open, for ten seconds, if no query was made. */
export async function closeDatabase(db: Db, pool: pg.Pool): Promise<void> {
  await db.destroy()
  if (!pool.ended) await pool.end()
}
