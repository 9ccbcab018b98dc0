import { cpSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, expect, test } from 'vitest'
import { migrationsFolder } from '../src/commands/session.ts'
import { openDatabase } from '../src/kernel/db/database.ts'
import { migrate } from '../src/kernel/db/migrate.ts'
import { emptyDatabase, liveThrough, migrations, rowsOf } from './empty-database.ts'

let database: Awaited<ReturnType<typeof emptyDatabase>> | null = null
afterEach(async () => {
  await database?.drop()
  database = null
})
async function anEmptyOne() {
  database = await emptyDatabase()
  return database
}

const prefixes = migrations.map((name, i): [name: string, before: string[]] => [
  name,
  migrations.slice(0, i + 1),
])

test.each(prefixes)('what was kept under %s is whole in this release', async (_name, before) => {
  const { pool } = await anEmptyOne()
  await liveThrough(pool, before)
  const kept = await rowsOf(pool)
  expect(await migrate(pool, migrationsFolder)).toEqual(migrations.slice(before.length))
  const now = await rowsOf(pool)
  for (const [table, rows] of kept) {
    expect(rows.length, `${table} has rows to lose`).toBeGreaterThan(0)
    expect(now.get(table)?.map(opened), table).toMatchObject(rows.map(withoutNulls))
  }
})

/** What a migration took over into a sealed column as it was, as columns again. */
function opened(row: Record<string, unknown>): Record<string, unknown> {
  const bytes = Buffer.from(String(row.sealed ?? '').replace('\\x', ''), 'hex')
  return bytes[0] === 0 ? { ...row, ...JSON.parse(bytes.subarray(1).toString('utf8')) } : row
}

const withoutNulls = (row: Record<string, unknown>): Record<string, unknown> =>
  Object.fromEntries(Object.entries(row).filter(([, value]) => value !== null))

test('from nothing to this release, and a second run does nothing', async () => {
  const { pool } = await anEmptyOne()
  expect(await migrate(pool, migrationsFolder)).toEqual(migrations)
  expect(await migrate(pool, migrationsFolder)).toEqual([])
  const { rows } = await pool.query(
    "select count(*)::int as n from information_schema.tables where table_schema = 'graphile_worker'",
  )
  expect(rows[0].n).toBeGreaterThan(0)
})

test('a file that was changed after it was applied is refused by name', async () => {
  const { pool } = await anEmptyOne()
  await migrate(pool, migrationsFolder)
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-migrations-'))
  cpSync(migrationsFolder, folder, { recursive: true })
  const [first = ''] = migrations
  writeFileSync(join(folder, first), '-- another history')
  await expect(migrate(pool, folder)).rejects.toThrow(
    `The migration ${first} was changed after it was applied: restore the file of the release, and add a new one.`,
  )
  rmSync(folder, { recursive: true })
})

test('a migration that fails leaves nothing of itself', async () => {
  const { pool } = await anEmptyOne()
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-migrations-'))
  writeFileSync(join(folder, '1-good.sql'), 'create table good (id int)')
  writeFileSync(join(folder, '2-bad.sql'), 'create table half (id int); select nothing_there()')
  await expect(migrate(pool, folder)).rejects.toThrow('nothing_there')
  expect([...(await rowsOf(pool)).keys()]).toEqual(['good'])
  writeFileSync(join(folder, '2-bad.sql'), 'create table whole (id int)')
  expect(await migrate(pool, folder)).toEqual(['2-bad.sql'])
  rmSync(folder, { recursive: true })
})

test('three processes that migrate at once take turns', async () => {
  const { url, pool } = await anEmptyOne()
  const pools = [1, 2].map(() => openDatabase(url).pool)
  const applied = await Promise.all([pool, ...pools].map((each) => migrate(each, migrationsFolder)))
  expect(applied.flat().sort()).toEqual(migrations)
  expect(applied.map((names) => names.length).sort()).toEqual([0, 0, migrations.length])
  await Promise.all(pools.map((each) => each.end()))
})
