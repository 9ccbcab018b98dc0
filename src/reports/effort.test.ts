import { solveChallenge } from 'altcha-lib'
import { deriveKey } from 'altcha-lib/algorithms/pbkdf2'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { aReport, corner, type TestApp, testApp } from '../../test/harness.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
beforeEach(() => app.clock.advance(24 * 60))
afterAll(() => app.stop())

const send = async (headers: Record<string, string> = {}, n = 0) =>
  app.call('POST', '/api/v1/reports', { body: aReport(app, { place: corner(app, n) }), headers })

const ask = async () => (await app.call('GET', '/api/v1/reports/effort')).body.challenge

/** As many strangers as make a flood, each at the same corner. */
async function flood(): Promise<void> {
  for (let i = 0; i < app.app.reports.policy.floodPerMinute; i++) await send()
}

const rankedLast = async (id: string): Promise<boolean> =>
  (
    await app.kernel.db
      .selectFrom('reports')
      .select('ranked_last')
      .where('id', '=', id)
      .executeTakeFirstOrThrow()
  ).ranked_last

async function solved(): Promise<Record<string, string>> {
  const challenge = await ask()
  const solution = await solveChallenge({ challenge, deriveKey })
  const payload = Buffer.from(JSON.stringify({ challenge, solution })).toString('base64')
  return { 'porchlight-effort': payload }
}

test('in calm nobody is asked for anything', async () => {
  expect(await ask()).toBeNull()
  expect(await rankedLast((await send()).body.id)).toBe(false)
})

test('in a flood whoever gives no effort is taken in, and ranked last', async () => {
  await flood()
  const without = await send({}, 1)
  expect(without.status).toBe(201)
  expect(without.body.receipt).toMatch(/^\d{16}$/)
  const withIt = await send(await solved(), 2)
  expect(await rankedLast(without.body.id)).toBe(true)
  expect(await rankedLast(withIt.body.id)).toBe(false)
})

test('a proof counts once, for a while, and only as it was made', async () => {
  await flood()
  const proof = await solved()
  const payload = JSON.parse(Buffer.from(proof['porchlight-effort'] ?? '', 'base64').toString())
  payload.challenge.parameters.cost = 1
  const cheaper = Buffer.from(JSON.stringify(payload)).toString('base64')
  for (const wrong of ['', 'not base64 %%', cheaper, 'A'.repeat(5000), btoa('{}'), btoa('null')])
    expect(await rankedLast((await send({ 'porchlight-effort': wrong }, 3)).body.id)).toBe(true)
  const [one, two] = await Promise.all([send(proof, 4), send(proof, 5)])
  const ranks = await Promise.all([one, two].map(({ body }) => rankedLast(body.id)))
  expect(ranks.sort()).toEqual([false, true])
  expect(await rankedLast((await send(proof, 6)).body.id)).toBe(true)

  const late = await solved()
  app.clock.advance(11)
  await flood()
  expect(await rankedLast((await send(late, 7)).body.id)).toBe(true)
})

test('the desk is never asked, and its report lifts the whole incident', async () => {
  await flood()
  const place = corner(app, 5)
  const operator = await app.token('operator')
  const junk = await app.call('POST', '/api/v1/reports', { body: aReport(app, { place }) })
  const call = await app.call('POST', '/api/v1/desk/reports', {
    body: aReport(app, { place }),
    token: operator,
  })
  expect(await rankedLast(call.body.id)).toBe(false)
  await app.settle()
  const links = await app.kernel.db
    .selectFrom('incident_reports')
    .innerJoin('incidents', 'incidents.id', 'incident_reports.incident_id')
    .select(['incidents.ranked_last', 'incidents.id'])
    .where('report_id', 'in', [junk.body.id, call.body.id])
    .execute()
  expect(new Set(links.map(({ id }) => id)).size).toBe(1)
  expect(links.every(({ ranked_last }) => !ranked_last)).toBe(true)
})

test('the queue puts what is ranked last under everything else, and drops nothing', async () => {
  await flood()
  await app.call('POST', '/api/v1/reports', {
    body: aReport(app, { place: corner(app, 6), activity: 'raid', minorsPresent: true }),
  })
  const operator = await app.token('operator')
  await app.call('POST', '/api/v1/desk/reports', {
    body: aReport(app, { place: corner(app, 7), activity: 'patrol' }),
    token: operator,
  })
  await app.settle()
  const { body } = await app.call('GET', '/api/v1/desk/queue', { token: operator })
  const activities = body.incidents.map(({ activity }: { activity: string }) => activity)
  expect(activities).toContain('raid')
  expect(activities.indexOf('patrol')).toBeLessThan(activities.lastIndexOf('raid'))
})
