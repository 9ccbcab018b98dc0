import { afterAll, beforeAll, expect, test } from 'vitest'
import { aReport, corner, reported, type TestApp, testApp } from '../../test/harness.ts'
import { linkReport } from './link-reports.ts'

let app: TestApp
let finder: string
let approver: string

beforeAll(async () => {
  app = await testApp()
  finder = await app.token('verifier', { person: 'Vera Verifier' })
  approver = await app.token('approver', { person: 'Ada Approver', organisation: 'Hillside Legal' })
})
afterAll(() => app.stop())

const find = (id: string, finding = 'confirmed', token = finder) =>
  app.call('POST', `/api/v1/desk/incidents/${id}/findings`, {
    token,
    body: { finding, basis: 'on-scene', note: 'two vans' },
  })
const sign = (id: string, finding = 'confirmed', token = approver) =>
  app.call('POST', `/api/v1/desk/incidents/${id}/sign-off`, { token, body: { finding } })

let place = 2
/** Each test has a neighbourhood of its own, so that its report links to nothing. */
async function confirmed(): Promise<string> {
  const { incidentId } = await reported(app, { place: corner(app, place++) })
  expect((await find(incidentId)).status).toBe(200)
  expect((await sign(incidentId)).status).toBe(200)
  await app.settle()
  return incidentId
}

test('a report becomes a published incident only when a second person signs off', async () => {
  const { incidentId, receipt } = await reported(app)
  expect((await app.call('GET', `/api/v1/incidents/${incidentId}`)).status).toBe(404)

  expect((await find(incidentId)).status).toBe(200)
  await app.settle()
  expect((await app.call('GET', '/api/v1/incidents')).body.features).toEqual([])

  expect((await sign(incidentId)).status).toBe(200)
  await app.settle()
  const { body } = await app.call('GET', `/api/v1/incidents/${incidentId}`)
  expect(body.properties).toMatchObject({ id: incidentId, status: 'confirmed', revision: 1 })
  expect(JSON.stringify(body)).not.toContain('two vans')

  const mine = await app.call('GET', '/api/v1/reports/mine', {
    headers: { authorization: `Receipt ${receipt}` },
  })
  expect(mine.body).toMatchObject({ outcome: 'confirmed', incidentId })
})

test('the finder cannot sign off their own finding', async () => {
  const { incidentId } = await reported(app, { place: corner(app, 1) })
  await find(incidentId)
  const both = await app.token('approver', { person: 'Vera Verifier' })
  const answer = await sign(incidentId, 'confirmed', both)
  expect(answer).toMatchObject({ status: 409, body: { code: 'incident/needs-second-person' } })
})

test('one person ends it, and the all-clear is public', async () => {
  const id = await confirmed()
  expect(
    (await app.call('POST', `/api/v1/desk/incidents/${id}/end`, { token: finder })).status,
  ).toBe(200)
  await app.settle()
  const { body } = await app.call('GET', `/api/v1/incidents/${id}`)
  expect(body.properties.status).toBe('ended')
  expect(body.history.map((entry: { kind: string }) => entry.kind)).toEqual(['confirmed', 'ended'])
})

test('a correction says what was said, when, and what is true', async () => {
  const id = await confirmed()
  expect(
    await app.call('POST', `/api/v1/desk/incidents/${id}/correct`, {
      token: approver,
      body: { now: 'other-agency' },
    }),
  ).toMatchObject({ status: 200 })
  await app.settle()
  const { body } = await app.call('GET', `/api/v1/incidents/${id}`)
  expect(body.properties).toMatchObject({
    status: 'corrected',
    correction: { was: 'confirmed', now: 'other-agency' },
  })
  const { text } = await app.call('GET', '/feeds/alerts.atom?lang=en')
  expect(text).toContain('We were wrong: it was another agency, not immigration')
})

test('an incident that nobody confirms again expires, and a restart cannot keep it alive', async () => {
  const id = await confirmed()
  app.clock.advance(181)
  // Before any job ran: what is past its expiry is not shown as live.
  expect((await app.call('GET', `/api/v1/incidents/${id}`)).body.properties.status).toBe('expired')
  await app.app.jobs['incidents:pass-time']?.({})
  await app.settle()
  const { body } = await app.call('GET', `/api/v1/incidents/${id}`)
  expect(body.properties).toMatchObject({
    status: 'expired',
    precision: 'neighbourhood',
    observedAt: null,
  })
  expect((await find(id)).body.code).toBe('incident/wrong-state')
})

test('re-confirmation extends it, and needs two people again', async () => {
  const id = await confirmed()
  const before = (await app.call('GET', `/api/v1/incidents/${id}`)).body.properties.expiresAt
  app.clock.advance(100)
  await find(id)
  expect((await app.call('GET', `/api/v1/incidents/${id}`)).body.properties.expiresAt).toBe(before)
  await sign(id)
  await app.settle()
  const { properties } = (await app.call('GET', `/api/v1/incidents/${id}`)).body
  expect(properties.revision).toBe(2)
  expect(properties.expiresAt > before).toBe(true)
})

test('a flood of alike reports is one row of the queue with a count', async () => {
  const place = corner(app, 0)
  app.clock.advance(60 * 24)
  const incidents = new Set<string>()
  for (let n = 0; n < 5; n++) incidents.add((await reported(app, { place })).incidentId)
  expect(incidents.size).toBe(1)
  const operator = await app.token('operator')
  const { body } = await app.call('GET', '/api/v1/desk/queue', { token: operator })
  const rows = body.incidents.filter(({ id }: { id: string }) => incidents.has(id))
  expect(rows).toMatchObject([{ reportCount: 5 }])
})

test('a report that is taken back loses its exact place and words, and so does its incident', async () => {
  app.clock.advance(60 * 24)
  const place = corner(app, 1)
  const { reportId, receipt, incidentId } = await reported(app, {
    place,
    description: 'a grey car',
  })
  const headers = { authorization: `Receipt ${receipt}` }
  expect((await app.call('DELETE', '/api/v1/reports/mine', { headers })).status).toBe(204)
  await app.settle()
  const { db } = app.kernel
  const report = await db
    .selectFrom('reports')
    .selectAll()
    .where('id', '=', reportId)
    .executeTakeFirst()
  expect(report).toMatchObject({ sealed: null })
  const row = await db
    .selectFrom('incidents')
    .selectAll()
    .where('id', '=', incidentId)
    .executeTakeFirst()
  expect(row).toMatchObject({ status: 'closed', sealed: null })
})

test('several linkers at once link a report once', async () => {
  app.clock.advance(60 * 24)
  const { body } = await app.call('POST', '/api/v1/reports', {
    body: aReport(app, { place: corner(app, 2) }),
  })
  const linkers = [1, 2, 3, 4].map(() => linkReport(app.app.incidents, body.id))
  expect((await Promise.all(linkers)).filter((linked) => linked)).toHaveLength(1)
  const links = await app.kernel.db
    .selectFrom('events')
    .select('data')
    .where('type', '=', 'incident.report-linked')
    .execute()
  const ofThisReport = links.filter(
    ({ data }) => (data as { reportId: string }).reportId === body.id,
  )
  expect(ofThisReport).toHaveLength(1)
})
