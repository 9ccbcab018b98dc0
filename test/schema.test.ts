import type { Kysely } from 'kysely'
import type pg from 'pg'
import { afterEach, beforeEach, expect, test } from 'vitest'
import { closeDatabase, openDatabase } from '../src/kernel/db/database.ts'
import { forget } from '../src/kernel/retention.ts'
import { type Column, type Database, tables } from '../src/schema.ts'
import { emptyDatabase, liveThrough, migrations, rowsOf } from './empty-database.ts'

let db: Kysely<Database>
let pool: pg.Pool
let drop: () => Promise<void>

/** A database that has lived through every release, with rows that each of them made. */
beforeEach(async () => {
  const database = await emptyDatabase()
  drop = database.drop
  await liveThrough(database.pool, migrations)
  const opened = openDatabase(database.url)
  db = opened.db
  pool = opened.pool
})
afterEach(async () => {
  await closeDatabase(db, pool)
  await drop()
})

const declared = Object.entries(tables as Record<string, Record<string, Column<unknown>>>)
const columnsOf = (table: string): Record<string, Column<unknown>> =>
  (tables as Record<string, Record<string, Column<unknown>>>)[table] ?? {}

test('every column of the database is declared, and every declared column is there', async () => {
  const { rows } = await pool.query(
    "select table_name || '.' || column_name as name from information_schema.columns where table_schema = 'public'",
  )
  const ours = declared.flatMap(([table, columns]) =>
    Object.keys(columns).map((column) => `${table}.${column}`),
  )
  expect(rows.map(({ name }) => name).sort()).toEqual(ours.sort())
})

test('every column says its class and how long it is kept', () => {
  for (const [table, columns] of declared)
    for (const [name, { class: kind, keep }] of Object.entries(columns)) {
      const where = `${table}.${name}`
      expect(['public', 'desk', 'restricted', 'secret'], where).toContain(kind)
      expect(keep === 'always' || (Number.isInteger(keep) && keep > 0), where).toBe(true)
      if (kind === 'restricted') expect(keep, `${where} is restricted for ever`).not.toBe('always')
    }
})

test('a table whose rows do not stay for ever knows their age', () => {
  for (const [table, columns] of declared)
    if (Object.values(columns).some(({ keep }) => keep !== 'always'))
      expect(Object.keys(columns), table).toContain('created_at')
})

test('a column that must be emptied can be', async () => {
  const { rows } = await pool.query(
    "select table_name, column_name from information_schema.columns where table_schema = 'public' and is_nullable = 'NO'",
  )
  const stuck = rows.filter(({ table_name, column_name }) => {
    const column = columnsOf(table_name)[column_name]
    return column?.class === 'restricted' && !wholeRow(table_name, column)
  })
  expect(stuck).toEqual([])
})

/** Whether a column goes with its row, so that it need not be emptied before. */
const wholeRow = (table: string, column: Column<unknown>): boolean => column.keep === rowDays(table)

const rowDays = (table: string): number | 'always' => {
  const keeps = Object.values(columnsOf(table)).map(({ keep }) => keep)
  return keeps.includes('always') ? 'always' : Math.max(...keeps.map(Number))
}

test('no column could hold who somebody was on the network', () => {
  const identifying =
    /(^|_)(ip|ips|ip_address|remote|address|user_agent|agent_string|ua|fingerprint|device|cookie|referer|referrer|headers|imei|mac|subscriber_location)(_|$)/
  const found = declared.flatMap(([table, columns]) =>
    Object.keys(columns)
      .filter((name) => identifying.test(name))
      .map((name) => `${table}.${name}`),
  )
  expect(found).toEqual([])
})

/** When the rows of `test/migrations/` were made. */
const made = Date.parse('2026-01-01T00:00:00Z')
const minute = 60_000
const day = 24 * 60 * minute

const days = [
  ...new Set(
    declared.flatMap(([, columns]) =>
      Object.values(columns).flatMap(({ keep }) => (keep === 'always' ? [] : [keep])),
    ),
  ),
].sort((a, b) => a - b)

test.each(days)('what is kept %i days is whole until then, and gone after', async (keep) => {
  const before = new Date(made + keep * day - minute)
  await forget(db, tables, before)
  expect(await faultsAt(before)).toEqual([])
  const after = new Date(made + keep * day + minute)
  await forget(db, tables, after)
  expect(await faultsAt(after)).toEqual([])
})

/** Every column that is still there too late, or gone too early, at a moment. */
async function faultsAt(now: Date): Promise<string[]> {
  const rows = await rowsOf(pool)
  const age = (now.getTime() - made) / day
  return declared
    .filter(([, columns]) => 'created_at' in columns)
    .flatMap(([table, columns]) => {
      const row = rows.get(table)?.[0]
      const end = rowDays(table)
      if (end !== 'always' && age > end) return row ? [`${table} still has its rows`] : []
      if (!row) return [`${table} lost its rows`]
      return Object.entries(columns).flatMap(([name, { class: kind, keep }]) => {
        if (kind !== 'restricted' || keep === 'always') return []
        if (age > keep && row[name] !== null) return [`${table}.${name} is still there`]
        return age <= keep && row[name] === null ? [`${table}.${name} went too early`] : []
      })
    })
}

test('a day later it has nothing more to do, and says so', async () => {
  const late = new Date(made + 5000 * day)
  const first = await forget(db, tables, late)
  expect(first.reports).toBeGreaterThan(0)
  expect(Object.values(await forget(db, tables, late)).every((n) => n === 0)).toBe(true)
})
