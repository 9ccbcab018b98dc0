import { mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backup, restore } from '../src/commands/backup.ts'
import { reportsById } from '../src/reports/index.ts'
import { tables } from '../src/schema.ts'
import { corner, reported, type TestApp, testApp, testDatabase } from './harness.ts'

let app: TestApp
let restored: TestApp
const folder = mkdtempSync(join(tmpdir(), 'porchlight-backup-'))
const file = join(folder, 'all.gz')
const flags = (databaseUrl: string) => ({ databaseUrl, data: folder, city: 'lanternport' })

/** Characters that a careless reader of lines, tabs or quotes would break on. */
const hard =
  'tab\there, line\nfeed, \\. alone,\u2028separator, "quotes", \\N, \u{1F56F} and العربية'

beforeAll(async () => {
  app = await testApp()
  restored = await testApp()
  await reported(app, { description: hard })
  const { incidentId } = await reported(app, { place: corner(app, 3) })
  const finder = await app.token('verifier', { person: 'One' })
  const approver = await app.token('approver', { person: 'Two' })
  const path = `/api/v1/desk/incidents/${incidentId}`
  await app.call('POST', `${path}/findings`, {
    token: finder,
    body: { finding: 'confirmed', basis: 'on-scene' },
  })
  // Signed off, and not yet published: the job is not in the backup, what it does must be.
  await app.call('POST', `${path}/sign-off`, { token: approver, body: { finding: 'confirmed' } })
  await backup(file, flags(app.databaseUrl))
})
afterAll(async () => {
  await app.stop()
  await restored.stop()
})

const rowsOf = async (of: TestApp, table: string): Promise<unknown[]> =>
  (await of.app.pool.query(`select to_jsonb(t) as row from ${table} t order by 1`)).rows

test('a restored database holds every row of every table, and goes on from there', async () => {
  await restore(file, flags(restored.databaseUrl))
  for (const table of Object.keys(tables).filter((name) => name !== 'migrations'))
    expect(await rowsOf(restored, table), table).toEqual(await rowsOf(app, table))
  const ids = await restored.kernel.db.selectFrom('reports').select('id').execute()
  const kept = await reportsById(
    // Its own rows, opened with the keys of where they came from: those are in no backup.
    app.app.reports,
    restored.kernel.db,
    ids.map(({ id }) => id),
  )
  expect(kept.map(({ description }) => description)).toContain(hard)

  // What was signed off is published after all, and new events get new numbers.
  await restored.settle()
  expect((await restored.call('GET', '/api/v1/incidents')).body.features).toHaveLength(1)
  await reported(restored, { place: corner(restored, 5) })
})

test('a database in use is not written over', async () => {
  await expect(restore(file, flags(app.databaseUrl))).rejects.toThrow('in use')
})

test.each<[string, () => Buffer, RegExp]>([
  ['another file', () => gzipSync('hello'), /not a backup/],
  ['half of one', () => readFileSync(file).subarray(0, 600), /unexpected end|cut short/],
  [
    'one whose end is gone',
    () => gzipSync(gunzipSync(readFileSync(file)).subarray(0, 2000)),
    /cut short/,
  ],
])('%s is refused, and nothing of it stays', async (_name, content, why) => {
  const [url, drop] = await testDatabase()
  const broken = join(folder, 'broken.gz')
  writeFileSync(broken, content())
  await expect(restore(broken, flags(url))).rejects.toThrow(why)
  await drop()
})
