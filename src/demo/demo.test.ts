import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { testApp, testDatabase } from '../../test/harness.ts'
import { type App, makeApp, startAppJobs } from '../app.ts'
import { root } from '../commands/session.ts'
import { firstAdministratorLink } from '../desk/index.ts'
import { makeDemoClock, refuseRealDeployment, seedDay } from './index.ts'
import { liveOnce } from './life.ts'

let app: App
const ends: (() => unknown)[] = []

beforeAll(async () => {
  const [databaseUrl, drop] = await testDatabase()
  const data = mkdtempSync(join(tmpdir(), 'porchlight-demo-'))
  const clock = makeDemoClock()
  const config = { root, data, city: 'lanternport', port: 0 }
  app = await makeApp({ config, databaseUrl, clock, demo: true, log: () => {} })
  const jobs = await startAppJobs(app)
  ends.push(
    () => jobs.stop(),
    () => app.kernel.db.destroy(),
    drop,
    () => rmSync(data, { recursive: true, force: true }),
  )
  await seedDay(app, clock)
})
afterAll(async () => {
  for (const end of ends) await end()
})

/** How many incidents stand where. */
async function standings(): Promise<Record<string, number>> {
  const rows = await app.kernel.db.selectFrom('incidents').select('status').execute()
  const counts: Record<string, number> = {}
  for (const { status } of rows) counts[status] = (counts[status] ?? 0) + 1
  return counts
}

it('plays a day on which everything has happened once', async () => {
  expect(await standings()).toEqual({
    expired: 1,
    ended: 1,
    corrected: 1,
    unfounded: 1,
    'other-agency': 1,
    confirmed: 1,
    closed: 2,
    open: 7,
  })
  const queue = await app.pages.queue()
  expect(queue.filter((row) => row.pending)).toHaveLength(1)
  expect(queue.filter((row) => row.needsPlace)).toHaveLength(1)
  expect(queue.find((row) => row.status === 'unfounded')?.reportCount).toBe(3)
  const proposed = await app.kernel.db.selectFrom('proposed_links').select('report_id').execute()
  expect(proposed).toHaveLength(1)
})

it('keeps the times of the day in order, and its own clock afterwards', async () => {
  const events = await app.kernel.db.selectFrom('events').select('at').orderBy('seq').execute()
  const acts = events.map(({ at }) => at.getTime())
  // Reports come at times rounded down to five minutes; nothing else goes back.
  const slack = 5 * 60_000
  expect(acts.every((at, index) => index === 0 || at >= (acts[index - 1] ?? 0) - slack)).toBe(true)
  expect(Math.abs(app.kernel.clock.now().getTime() - Date.now())).toBeLessThan(1000)
})

it('does not play the day twice', async () => {
  const before = await standings()
  await seedDay(app, makeDemoClock())
  expect(await standings()).toEqual(before)
})

it('goes on living, step by step', async () => {
  const count = async () => (await app.pages.queue()).length
  const before = await count()
  await liveOnce(app, 0)
  await expect.poll(count, { timeout: 5000 }).toBe(before + 1)
})

it('knows everyone it lets in, and one person of every role', async () => {
  const people = await app.desk.demoPeople()
  expect(new Set(people.flatMap(({ roles }) => roles)).size).toBe(11)
  expect(new Set(people.map(({ organisation }) => organisation.name)).size).toBe(4)
  await expect(refuseRealDeployment(app)).resolves.toBeUndefined()
})

it('refuses the database of a real deployment, and lets nobody in outside the demo', async () => {
  const real = await testApp()
  try {
    await expect(refuseRealDeployment(real.app)).resolves.toBeUndefined()
    await firstAdministratorLink(real.kernel)
    await expect(refuseRealDeployment(real.app)).rejects.toThrow('--data')
    const { id } = await real.kernel.db.selectFrom('people').select('id').executeTakeFirstOrThrow()
    await expect(real.app.desk.enterAs(id)).rejects.toThrow('porchlight demo')
    await expect(real.app.desk.demoPeople()).rejects.toThrow('porchlight demo')
  } finally {
    await real.stop()
  }
})
