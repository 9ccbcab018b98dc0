import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { reportsById } from '../src/reports/index.ts'
import { wordsAsTheyCame } from '../src/reports/screening/hold-back.ts'
import { aReport, reported, type TestApp, testApp } from './harness.ts'

const secrets = {
  phone: '718-555-0142',
  plate: 'KJR-4821',
  name: 'Brannigan',
  badge: '20117',
  address: '37-12 82nd Street, Apt 4B',
  addition: 'maria@example.com',
}

let app: TestApp
let sent: Awaited<ReturnType<typeof reported>>
const mine = () => ({ authorization: `Receipt ${sent.receipt}` })
const heldBack = async (token: string, id = sent.reportId) =>
  app.call('GET', `/api/v1/desk/reports/${id}/held-back`, { token })

beforeAll(async () => {
  app = await testApp()
  sent = await reported(app, {
    description: `Officer ${secrets.name} at ${secrets.address}, call ${secrets.phone}`,
    equipment: `white van, plate ${secrets.plate}`,
    uniform: `vest, badge ${secrets.badge}`,
    contact: '718-555-0199',
  })
  const added = await app.call('POST', '/api/v1/reports/mine/additions', {
    body: { text: `photos from ${secrets.addition}` },
    headers: mine(),
  })
  expect(added.status).toBe(201)
  await app.settle()
})
afterAll(() => app.stop())

test.each(['operator', 'verifier', 'approver', 'dispatcher'] as const)(
  'an incident shows a marker to the %s and nothing that identifies anybody',
  async (role) => {
    const token = await app.token(role)
    const { text, body } = await app.call('GET', `/api/v1/desk/incidents/${sent.incidentId}`, {
      token,
    })
    for (const secret of Object.values(secrets)) expect(text).not.toContain(secret)
    expect(body.reports[0]).toMatchObject({
      description: 'Officer ⟦☺⟧ at ⟦⌂⟧, call ⟦☎⟧',
      equipment: 'white van, plate ⟦▭⟧',
      uniform: 'vest, badge ⟦✪⟧',
      contact: '718-555-0199',
      additions: [{ text: 'photos from ⟦✉⟧' }],
    })
    expect((await heldBack(token)).status).toBe(403)
  },
)

test('the evidence side reads what was held back, and the record says that it did', async () => {
  const { status, body } = await heldBack(await app.token('records'))
  expect(status).toBe(200)
  const { name, address, phone, plate, badge } = secrets
  expect(body.report.map((one: { text: string }) => one.text).sort()).toEqual(
    [name, address, phone, plate, badge].sort(),
  )
  expect(body.additions).toMatchObject([{ heldBack: [{ kind: 'email', text: secrets.addition }] }])
  const { rows } = await app.app.pool.query(
    "select object, detail from audit_entries where action = 'report.held-back-read'",
  )
  expect(rows).toEqual([{ object: `report:${sent.reportId}`, detail: {} }])
})

test('a number of no report is not there', async () => {
  const records = await app.token('records')
  expect((await heldBack(records, crypto.randomUUID())).status).toBe(404)
  expect((await heldBack(records, 'x')).status).toBe(404)
})

test('a place said in words keeps its street for whoever places it', async () => {
  const { body } = await app.call('POST', '/api/v1/reports', {
    body: { ...aReport(app), place: { text: 'Nowhere St 12345x, 37-12 82nd Street Apt 4B' } },
  })
  const [row] = await reportsById(app.app.reports, app.kernel.db, [body.id])
  expect(row?.place_text).toBe('Nowhere St 12345x, ⟦⌂⟧ 82nd Street ⟦⌂⟧')
})

test('a report is kept without loss: what is shown and what is held back are what was sent', async () => {
  const words = fc.array(
    fc.oneof(
      fc.constantFrom(...Object.values(secrets), 'Officer', 'badge', '⟦☎⟧', '82 & Roosevelt'),
      fc.string({ unit: 'grapheme', maxLength: 30 }).filter((text) => !text.includes('\0')),
    ),
    { minLength: 1, maxLength: 6 },
  )
  await fc.assert(
    fc.asyncProperty(words, async (parts) => {
      const description = parts.join(' ')
      const place = description.slice(0, 200).toWellFormed() || 'x'
      const { status, body } = await app.call('POST', '/api/v1/reports', {
        body: { ...aReport(app), description, place: { text: place } },
      })
      expect(status, JSON.stringify(body)).toBe(201)
      const [row] = await reportsById(app.app.reports, app.kernel.db, [body.id])
      const { held_back: held = null } = row ?? {}
      expect(wordsAsTheyCame('description', row?.description ?? '', held)).toBe(description)
      expect(wordsAsTheyCame('place_text', row?.place_text ?? '', held)).toBe(place)
    }),
    { numRuns: 60 },
  )
})

test('what was held back goes with the report that is taken back', async () => {
  expect((await app.call('DELETE', '/api/v1/reports/mine', { headers: mine() })).status).toBe(204)
  const { body } = await heldBack(await app.token('records'))
  expect(body).toEqual({ report: [], additions: [] })
})
