import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parse } from 'csv-parse/sync'
import fc from 'fast-check'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aReport, type TestApp, testApp } from '../../test/harness.ts'
import { root } from '../commands/session.ts'
import type { NewReportInput } from '../reports/contract.ts'
import type { QueueItem } from './queue.ts'

let app: TestApp
let operator: string
beforeAll(async () => {
  app = await testApp()
  operator = await app.token('operator')
})
afterAll(() => app.stop())
beforeEach(async () => {
  await app.app.pool.query('truncate reports, incidents, events cascade')
  app.clock.advance(1)
})

const corners: { lat: string; lon: string }[] = parse(
  readFileSync(join(root, 'cities/lanternport/corners.csv')),
  { columns: true },
)

/** The `n`th of many corners, blocks apart, so that each is an incident of its own. */
function spot(n: number): { lat: number; lon: number } {
  const { lat, lon } = corners[(n * 7) % corners.length] ?? { lat: '0', lon: '0' }
  return { lat: Number(lat), lon: Number(lon) }
}

const junk = 'ALERT everyone they are raiding all the houses here run now, share this'

async function send(change: Partial<NewReportInput>, path = '/api/v1/reports'): Promise<string> {
  const token = path.includes('desk') ? { token: operator } : {}
  const { status, body } = await app.call('POST', path, { body: aReport(app, change), ...token })
  expect(status, JSON.stringify(body)).toBe(201)
  return body.id
}

async function incidentOf(reportId: string): Promise<string> {
  const { rows } = await app.app.pool.query(
    'select incident_id from incident_reports where report_id = $1',
    [reportId],
  )
  return rows[0].incident_id
}

/** How many reports a row stands for. */
const reportsIn = ({ alike, reportCount }: QueueItem): number => alike?.reports ?? reportCount

const queue = async (): Promise<QueueItem[]> =>
  (await app.call('GET', '/api/v1/desk/queue', { token: operator })).body.incidents
const members = async (id: string): Promise<QueueItem[]> =>
  (await app.call('GET', `/api/v1/desk/incidents/${id}/alike`, { token: operator })).body.incidents
const act = async (path: string, body: unknown = {}) =>
  app.call('POST', `/api/v1/desk/incidents/${path}`, { token: operator, body })

test('the same words about many places are one row, whatever is changed in their writing', async () => {
  const variants = [
    junk,
    junk.toUpperCase(),
    `${junk} 0042`,
    junk.replaceAll('e', 'е').replaceAll('a', 'а'),
    `${junk.replaceAll(' ', '  ')}!!!`,
    junk.replace('houses', 'hou\u00ADses'),
    junk.replace('everyone', 'everybody'),
  ]
  for (let n = 0; n < 28; n++)
    await send({ place: spot(n), description: variants[n % variants.length] ?? '' })
  const alone = await send({
    place: spot(40),
    description: 'A van with two men stands by the school gate',
  })
  await app.settle()
  const rows = await queue()
  expect(rows.map(reportsIn).sort((a, b) => a - b)).toEqual([1, 28])
  const group = rows.find(({ alike }) => alike)
  expect(group?.alike?.places).toBeGreaterThan(5)
  expect(group?.words).toHaveLength(1)
  const inside = await members(group?.id ?? '')
  expect(inside).toHaveLength(group?.alike?.count ?? 0)
  expect(inside.reduce((sum, { reportCount }) => sum + reportCount, 0)).toBe(28)
  expect(rows.map(({ id }) => id)).toContain(await incidentOf(alone))
})

test('what a caller said, what has a photo and what another account supports are never inside', async () => {
  // One after the other: which of two near ones is linked first decides what becomes of them.
  for (let n = 0; n < 12; n++) await settled({ place: spot(n * 2), description: junk })
  const called = await send({ place: spot(31), description: junk }, '/api/v1/desk/reports')
  await app.settle()
  const pictured = await settled({ place: spot(35), description: junk, media: [{ kind: 'photo' }] })
  const supported = await settled({ place: spot(39), description: junk })
  await app.settle()
  await act('merge', {
    ids: [
      await incidentOf(supported),
      await incidentOf(
        await settled({ place: spot(43), description: 'They took a man from the bakery' }),
      ),
    ],
  })
  const alone = (await queue()).filter(({ alike }) => !alike).map(({ id }) => id)
  for (const id of [called, pictured, supported]) expect(alone).toContain(await incidentOf(id))
  const group = (await queue()).find(({ alike }) => alike)
  const inside = (await members(group?.id ?? '')).map(({ id }) => id)
  // Corners near each other become one incident; how many depends on which was linked first.
  expect(inside.length).toBeGreaterThan(1)
  for (const id of [called, pictured, supported]) expect(inside).not.toContain(await incidentOf(id))
})

async function settled(change: Partial<NewReportInput>): Promise<string> {
  const id = await send(change)
  await app.settle()
  return id
}

test('a group is set aside by one key, ranked to the end, and comes back whole', async () => {
  const ids: string[] = []
  for (let n = 0; n < 9; n++) ids.push(await settled({ place: spot(n), description: junk }))
  const other = await send({
    place: spot(30),
    description: 'Two men knock on doors in this street',
  })
  await app.settle()
  const group = (await queue()).find(({ alike }) => alike)
  const head = group?.id ?? ''
  const count = group?.alike?.count ?? 0
  expect(count).toBeGreaterThan(1)
  const { status, body } = await act(`${head}/set-aside`, { alike: true })
  expect(status, JSON.stringify(body)).toBe(200)
  expect(body).toMatchObject({ count })
  const after = await queue()
  expect(after.map(({ setAside }) => setAside)).toEqual([false, true])
  expect(after[0]?.id).toBe(await incidentOf(other))
  expect(after[1]?.alike).toMatchObject({ count, reports: 9 })
  expect((await act(`${head}/set-aside`)).body.code).toBe('incident/already-set-aside')

  const back = await act('set-aside/undo', { act: body.act })
  expect(back.body).toEqual({ count })
  expect((await queue()).map(({ setAside }) => setAside)).toEqual([false, false])
  expect((await act('set-aside/undo', { act: body.act })).body.code).toBe(
    'incident/nothing-to-undo',
  )
  const { rows } = await app.app.pool.query('select count(*)::int as n from reports')
  expect(rows[0].n).toBe(10)
})

test('what was set aside comes back when somebody else reports it, not when the same words repeat', async () => {
  const place = spot(3)
  const first = await settled({ activity: 'raid', place, description: junk })
  const id = await incidentOf(first)
  await act(`${id}/set-aside`)
  await settled({ activity: 'raid', place, description: `${junk}!` })
  const aside = async () => (await queue()).find((row) => row.id === id)?.setAside
  expect(await aside()).toBe(true)
  const theirs = await settled({
    activity: 'raid',
    place,
    description: 'They are raiding the houses here, six agents, two grey vans',
  })
  expect(await incidentOf(theirs)).toBe(id)
  expect(await aside()).toBe(false)
})

test('a row shows what differs in its reports: a true one is not read over behind junk', async () => {
  const place = spot(5)
  const first = await settled({ activity: 'raid', place, description: junk })
  const true2 = 'Six agents with two grey vans are raiding the corner house'
  await settled({ activity: 'raid', place, description: true2, media: [{ kind: 'photo' }] })
  const row = (await queue()).find(({ words }) => words.includes(junk))
  expect(row?.id).toBe(await incidentOf(first))
  expect(row?.words).toEqual([true2, junk])
  expect(row?.sameWords).toBe(false)
})

test('two that were proposed to be one are kept apart, and asked about again after an undo', async () => {
  const one = await incidentOf(
    await settled({ place: spot(1), description: 'A white van and four agents' }),
  )
  const two = await settled({ place: spot(2), description: 'Door knocking' })
  const other = await incidentOf(two)
  await app.app.pool.query("insert into proposed_links values ($1, $2, 0.5, '[]', null, $3)", [
    two,
    one,
    app.kernel.clock.now(),
  ])
  const proposal = async () =>
    (await queue()).find(({ id }) => id === one)?.proposal?.otherId ?? null
  expect(await proposal()).toBe(other)
  expect((await act(`${one}/keep-apart`, { other })).status).toBe(200)
  expect(await proposal()).toBe(null)
  expect((await act(`${one}/keep-apart`, { other })).body.code).toBe('incident/not-proposed')
  expect((await act(`${one}/undo`, undefined)).status).toBe(200)
  expect(await proposal()).toBe(other)
})

test('whatever comes in, every incident is in exactly one row, and no row mixes ranks', async () => {
  const account = fc.record({
    words: fc.constantFrom(
      junk,
      `${junk} 7`,
      'ICE',
      undefined,
      'Four agents in green took two men away',
    ),
    place: fc.nat(60),
    desk: fc.boolean(),
    last: fc.boolean(),
  })
  await fc.assert(
    fc.asyncProperty(fc.array(account, { minLength: 5, maxLength: 25 }), async (accounts) => {
      await app.app.pool.query('truncate reports, incidents, events cascade')
      app.clock.advance(1)
      for (const one of accounts) await tell(one)
      await app.settle()
      await everyIncidentOnce()
    }),
    { numRuns: 15, seed: 3 },
  )
}, 120_000)

interface Told {
  words: string | undefined
  place: number
  desk: boolean
  last: boolean
}

async function tell({ words, place, desk, last }: Told): Promise<void> {
  const path = desk ? '/api/v1/desk/reports' : '/api/v1/reports'
  const id = await send({ place: spot(place), ...(words ? { description: words } : {}) }, path)
  if (last && !desk)
    await app.app.pool.query('update reports set ranked_last = true where id = $1', [id])
}

async function everyIncidentOnce(): Promise<void> {
  const seen: string[] = []
  for (const row of await queue()) {
    const inside = row.alike ? (await members(row.id)).map(({ id }) => id) : [row.id]
    expect(inside).toHaveLength(row.alike?.count ?? 1)
    seen.push(...inside)
    await oneRank(inside)
  }
  const { rows } = await app.app.pool.query('select id from incidents where report_count > 0')
  expect([...seen].sort()).toEqual(rows.map(({ id }) => id).sort())
}

/** Incidents that share a row share their rank, and none of several was told to the desk. */
async function oneRank(ids: readonly string[]): Promise<void> {
  const { rows } = await app.app.pool.query(
    'select distinct i.ranked_last from incidents i where i.id = any($1)',
    [ids],
  )
  expect(rows).toHaveLength(1)
  if (ids.length === 1) return
  const told = await app.app.pool.query(
    "select 1 from reports r join incident_reports l on l.report_id = r.id where l.incident_id = any($1) and r.source = 'desk'",
    [ids],
  )
  expect(told.rows).toEqual([])
}
