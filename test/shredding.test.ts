import { mkdtempSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { backup, restore } from '../src/commands/backup.ts'
import { makeSealing } from '../src/kernel/sealing/index.ts'
import { reportsById } from '../src/reports/index.ts'
import { corner, reported, type TestApp, TestClock, testApp } from './harness.ts'

const words = 'A canary sings in a grey van at the third door'
const folder = mkdtempSync(join(tmpdir(), 'porchlight-shred-'))
const file = join(folder, 'yesterday.gz')

let app: TestApp
/** Another machine, onto which the stolen backup is read. */
let thief: TestApp
let reportId = ''
let keys = ''

const keyNames = (): string[] => readdirSync(keys).filter((name) => name.startsWith('3-'))
const read = async (by: TestApp, from: TestApp) =>
  (await reportsById(by.app.reports, from.kernel.db, [reportId]))[0]

beforeAll(async () => {
  app = await testApp()
  thief = await testApp()
  keys = join(app.app.config.data, 'keys')
  const body = { description: words, contact: '555 0100', place: corner(app, 2) }
  ;({ reportId } = await reported(app, body))
})
afterAll(async () => {
  await app.stop()
  await thief.stop()
})

test('within its three days a report is read by the desk, and by nobody from a copy alone', async () => {
  expect(await read(app, app)).toMatchObject({ description: words, contact: '555 0100' })
  await backup(file, { databaseUrl: app.databaseUrl, data: folder, city: 'lanternport' })
  const copy = gunzipSync(readFileSync(file)).toString('latin1')
  expect(copy).not.toContain(words)
  expect(copy).not.toContain(Buffer.from(words).toString('hex'))
  await restore(file, { databaseUrl: thief.databaseUrl, data: folder, city: 'lanternport' })
  expect(await read(thief, thief)).toMatchObject({ description: null, lat: null, contact: null })
})

test('after them its key is destroyed: yesterday’s backup and today’s keys open nothing', async () => {
  const before = keyNames()
  expect(before.length).toBeGreaterThan(0)
  const held = before.map((name) => readFileSync(join(keys, name), 'utf8'))
  app.clock.advance(74 * 60)
  await app.app.jobs['kernel:retention']?.({})

  expect(await read(app, app)).toMatchObject({ description: null, lat: null, contact: null })
  // The backup still holds the sealed words; the keystore of today has nothing that opens them.
  expect(await read(app, thief)).toMatchObject({ description: null, lat: null, contact: null })
  expect(keyNames().filter((name) => before.includes(name))).toEqual([])
  const left = readdirSync(keys).map((name) => readFileSync(join(keys, name), 'latin1'))
  for (const key of held) expect(left.join()).not.toContain(key)
})

test('what has a longer time is still there: a verifier’s note keeps its thirty days', async () => {
  const days = readdirSync(keys).map((name) => Number(name.split('-')[0]))
  expect(days.every((each) => each !== 3)).toBe(true)
})

test('a machine that stops in the middle of shredding goes on at its next start', () => {
  const clock = new TestClock()
  const own = mkdtempSync(join(tmpdir(), 'porchlight-keys-'))
  const place = { table: 'reports', id: 'one', at: clock.now(), days: 3 }
  const sealed = makeSealing(own, clock).seal(place, { words })
  const [name = ''] = readdirSync(own)
  // Written over, and then the power went: the name is there, the key is not.
  writeFileSync(join(own, name), Buffer.alloc(64))
  writeFileSync(join(own, 'half-made.new'), '')
  const again = makeSealing(own, clock)
  expect(again.open(place, sealed)).toBeNull()
  clock.advance(74 * 60)
  expect(again.shred(clock.now())).toBe(1)
  expect(readdirSync(own)).toEqual(['half-made.new'])
})

test('what was sealed opens in its own row only, and not when a bit was changed', () => {
  const clock = new TestClock()
  const sealing = makeSealing(mkdtempSync(join(tmpdir(), 'porchlight-keys-')), clock)
  const place = { table: 'reports', id: 'one', at: clock.now(), days: 3 }
  const sealed = sealing.seal(place, { words }) as Buffer
  expect(sealing.open(place, sealed)).toEqual({ words })
  expect(sealing.open({ ...place, id: 'two' }, sealed)).toBeNull()
  expect(sealing.open({ ...place, table: 'incidents' }, sealed)).toBeNull()
  for (let bit = 8; bit < sealed.length * 8; bit += 37) {
    const changed = Buffer.from(sealed)
    changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7))
    expect(sealing.open(place, changed), `bit ${bit}`).toBeNull()
  }
})

test('two processes that start in the same hour agree on its key', () => {
  const clock = new TestClock()
  const own = mkdtempSync(join(tmpdir(), 'porchlight-keys-'))
  const [one, other] = [makeSealing(own, clock), makeSealing(own, clock)]
  const place = { table: 'reports', id: 'one', at: clock.now(), days: 3 }
  expect(other.open(place, one.seal(place, { words }))).toEqual({ words })
  expect(one.open(place, other.seal(place, { words }))).toEqual({ words })
})
