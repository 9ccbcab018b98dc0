import { afterAll, beforeAll, expect, test } from 'vitest'
import { corner, reported, type TestApp, testApp } from '../../test/harness.ts'
import type { Reason } from './contract.ts'

let app: TestApp
let operator: string

beforeAll(async () => {
  app = await testApp()
  operator = await app.token('operator', { person: 'Olga Operator' })
})
afterAll(() => app.stop())

const minutesAgo = (minutes: number): string =>
  new Date(app.kernel.clock.now().getTime() - minutes * 60_000).toISOString()
const metresFrom = (index: number, metres: number) => {
  const { lat, lon } = corner(app, index)
  return { lat: lat + metres / 111_195, lon }
}
const english =
  'A white van and four masked agents in green vests arrested a man outside the school'
const bengali = 'স্কুলের বাইরে একটি সাদা ভ্যান এবং সবুজ ভেস্ট পরা চারজন মুখোশধারী এজেন্ট একজন পুরুষকে গ্রেপ্তার করেছে'

/** The report as the desk sees it in its incident, with why it is there. */
async function linkOf(incidentId: string, reportId: string) {
  const { body } = await app.call('GET', `/api/v1/desk/incidents/${incidentId}`, {
    token: operator,
  })
  const found = body.reports.find(({ id }: { id: string }) => id === reportId)
  return found.link as { linkedBy: string; score: number; reasons: Reason[] }
}

test('two accounts of one event join across languages, blocks and half an hour, and say why', async () => {
  const first = await reported(app, {
    place: corner(app, 0),
    observedAt: minutesAgo(40),
    description: english,
  })
  const second = await reported(app, {
    place: metresFrom(0, 250),
    observedAt: minutesAgo(10),
    activity: 'arrest',
    description: bengali,
  })
  expect(second.incidentId).toBe(first.incidentId)
  const { linkedBy, score, reasons } = await linkOf(second.incidentId, second.reportId)
  expect(linkedBy).toBe('rule')
  expect(score).toBeGreaterThanOrEqual(0.65)
  expect(reasons).toContainEqual({ kind: 'distance', metres: 250 })
  expect(reasons).toContainEqual({ kind: 'time', minutes: 30 })
  expect(reasons).toContainEqual({ kind: 'size', same: true })
  expect(reasons.find(({ kind }) => kind === 'words')).toMatchObject({
    shared: expect.arrayContaining(['white van']),
  })
})

test('another event at the same corner stays apart', async () => {
  const first = await reported(app, {
    place: corner(app, 4),
    observedAt: minutesAgo(200),
    description: english,
  })
  const second = await reported(app, {
    place: corner(app, 4),
    observedAt: minutesAgo(5),
    activity: 'door-knock',
    description:
      'Somebody is knocking on the third floor, they ask for Ana; two women in dark jackets',
  })
  expect(second.incidentId).not.toBe(first.incidentId)
})

test('words that are not on the map yet join by what they say, and not by the hour alone', async () => {
  const place = { text: 'by the old rope works, where the mural is' }
  const observedAt = minutesAgo(20)
  const first = await reported(app, { place, observedAt, description: english })
  const same = await reported(app, { place, observedAt, description: english })
  const other = await reported(app, { place: { text: 'behind the ferry shed' }, observedAt })
  expect(same.incidentId).toBe(first.incidentId)
  expect(other.incidentId).not.toBe(first.incidentId)
})

test('a report that was compared and then taken back draws no other to it', async () => {
  const place = corner(app, 7)
  const dogs = 'Three officers with two dogs search the laundromat, a brown truck waits'
  const first = await reported(app, { place, description: dogs })
  const second = await reported(app, { place, description: dogs })
  expect(second.incidentId).toBe(first.incidentId)
  for (const { receipt } of [first, second])
    await app.call('DELETE', '/api/v1/reports/mine', {
      headers: { authorization: `Receipt ${receipt}` },
    })
  await app.settle()
  const third = await reported(app, { place, description: dogs })
  expect(third.incidentId).not.toBe(first.incidentId)
})
