import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { runMigrations } from 'graphile-worker'
import type pg from 'pg'
import { sha256 } from '../crypto.ts'

interface Migration {
  name: string
  sql: string
}

/** The migrations in `folder`, in order: files named `time-room-purpose.sql`, forward only. */
export const readMigrations = (folder: string): Migration[] =>
  readdirSync(folder)
    .filter((file) => file.endsWith('.sql'))
    .sort()
    .map((file) => ({ name: file, sql: readFileSync(join(folder, file), 'utf8') }))

/** Any number: two processes that start at once take turns. */
const migrationLock = 7_043_221

/**
 * Brings the database to this release, each migration in its own transaction. Answers the names
 * applied now. Throws if the server is too old, or if an applied file was changed since.
 */
export async function migrate(pool: pg.Pool, folder: string, upTo?: string): Promise<string[]> {
  const client = await pool.connect()
  try {
    await refuseOldServer(client)
    await client.query('select pg_advisory_lock($1)', [migrationLock])
    const applied = await applyAll(client, folder, upTo)
    return applied
  } finally {
    await client.query('select pg_advisory_unlock($1)', [migrationLock]).catch(() => {})
    client.release()
    if (!upTo) await runMigrations({ pgPool: pool })
  }
}

async function refuseOldServer(client: pg.PoolClient): Promise<void> {
  const { rows } = await client.query('show server_version_num')
  const version = Number(rows[0].server_version_num)
  if (version < 150_000)
    throw new Error(
      `PostgreSQL 15 or newer is needed; DATABASE_URL leads to version ${Math.floor(version / 10_000)}.`,
    )
}

async function applyAll(client: pg.PoolClient, folder: string, upTo?: string): Promise<string[]> {
  await client.query(
    'create table if not exists migrations (name text primary key, checksum text not null, applied_at timestamptz not null default now())',
  )
  const { rows } = await client.query<{ name: string; checksum: string }>(
    'select name, checksum from migrations',
  )
  const known = new Map(rows.map((row) => [row.name, row.checksum]))
  const done: string[] = []
  for (const migration of readMigrations(folder)) {
    if (upTo && migration.name > upTo) break
    if (await applyOne(client, migration, known.get(migration.name))) done.push(migration.name)
  }
  return done
}

async function applyOne(
  client: pg.PoolClient,
  { name, sql }: Migration,
  known?: string,
): Promise<boolean> {
  const checksum = sha256(sql)
  if (known === checksum) return false
  if (known)
    throw new Error(
      `The migration ${name} was changed after it was applied: restore the file of the release, and add a new one.`,
    )
  try {
    await client.query('begin')
    await client.query(sql)
    await client.query('insert into migrations (name, checksum) values ($1, $2)', [name, checksum])
    await client.query('commit')
    return true
  } catch (error) {
    await client.query('rollback')
    throw error
  }
}
