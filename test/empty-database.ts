import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { inject } from 'vitest'
import { migrationsFolder, root } from '../src/commands/session.ts'
import { openDatabase } from '../src/kernel/db/database.ts'
import { migrate, readMigrations } from '../src/kernel/db/migrate.ts'

/** A database with nothing in it, not even our tables, and how to drop it. */
export async function emptyDatabase(): Promise<{
  url: string
  pool: pg.Pool
  drop(): Promise<void>
}> {
  const name = `porchlight_empty_${process.pid}_${Math.random().toString(36).slice(2)}`
  await onServer(`create database ${name} template template0`)
  const url = new URL(inject('adminUrl'))
  url.pathname = `/${name}`
  const { pool } = openDatabase(url.href)
  return {
    url: url.href,
    pool,
    async drop() {
      await pool.end()
      await onServer(`drop database if exists ${name} with (force)`)
    },
  }
}

async function onServer(statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: inject('adminUrl') })
  await client.connect()
  await client.query(statement)
  await client.end()
}

/** The names of the migrations, in order. */
export const migrations = readMigrations(migrationsFolder).map(({ name }) => name)

/** The rows that a migration's tables are tried with: `test/migrations/` holds one file for each. */
const fixtureOf = (migration: string): string =>
  readFileSync(join(root, 'test', 'migrations', migration), 'utf8')

/** Applies these migrations one after the other, each with rows that its release made. */
export async function liveThrough(pool: pg.Pool, names: readonly string[]): Promise<void> {
  for (const name of names) {
    await migrate(pool, migrationsFolder, name)
    await pool.query(fixtureOf(name))
  }
}

/** Every row of every table, as JSON, sorted; `migrations` itself apart. */
export async function rowsOf(pool: pg.Pool): Promise<Map<string, Record<string, unknown>[]>> {
  const { rows } = await pool.query(
    "select table_name from information_schema.tables where table_schema = 'public' and table_name <> 'migrations' order by 1",
  )
  const all = new Map<string, Record<string, unknown>[]>()
  for (const { table_name } of rows) {
    const found = await pool.query(
      `select to_jsonb(t) as row from "${table_name}" t order by t::text`,
    )
    all.set(
      table_name,
      found.rows.map(({ row }) => row),
    )
  }
  return all
}
