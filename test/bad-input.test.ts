import fc from 'fast-check'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { reportsById } from '../src/reports/index.ts'
import { fine, paths } from './bad-input-addresses.ts'
import { deskBodies, malformed, strange, types, wrong } from './bad-input-bodies.ts'
import { type Answer, aReport, type TestApp, testApp } from './harness.ts'

let app: TestApp
let url: string
let operator: string
beforeAll(async () => {
  app = await testApp()
  operator = await app.token('operator')
  url = await app.server.listen({ port: 0, host: '127.0.0.1' })
})
afterAll(() => app.stop())
afterEach(async () => {
  expect((await app.call('GET', '/healthz')).body).toEqual({ status: 'ok' })
})

function isProblem(answer: Answer, status?: number): void {
  expect(answer.status).toBeGreaterThanOrEqual(400)
  expect(answer.status, answer.text).toBeLessThan(500)
  if (status) expect(answer.status, answer.text).toBe(status)
  expect(String(answer.headers['content-type'])).toMatch('application/problem+json')
  expect(answer.body).toMatchObject({
    type: expect.any(String),
    title: expect.stringMatching(/\.$/),
    status: answer.status,
    code: expect.stringMatching(/^[a-z]+\/[a-z-]+$/),
  })
}

const send = (body: unknown, headers: Record<string, string> = {}) =>
  app.call('POST', '/api/v1/reports', { body, headers })
const report = (change: object = {}): object => ({ ...aReport(app), ...change })
const at = (hours: number): string =>
  new Date(app.clock.now().getTime() + hours * 3_600_000).toISOString()

test.each(wrong)('a report of %s is refused, and said why', async (_name, body, path) => {
  const change = typeof body === 'function' ? body(at) : body
  const answer = await send(typeof change === 'string' ? change : report(change))
  isProblem(answer, 422)
  if (path)
    expect(answer.body.errors.map((error: { path: string }) => error.path)).toContainEqual(
      expect.stringContaining(path),
    )
})

test('unknown fields are named one by one, wherever they are', async () => {
  const body = `{"__proto__":1,"constructor":2,"ip":"10.0.0.1",${JSON.stringify(report({ place: { lat: 41.2055, lon: -58.2985, floor: 3 }, media: [{ kind: 'photo', exif: 'gps' }] })).slice(1)}`
  const answer = await send(body)
  isProblem(answer, 422)
  const paths = answer.body.errors.map((error: { path: string }) => error.path).sort()
  expect(paths).toEqual(['__proto__', 'constructor', 'ip', 'media.0.exif', 'place.floor'])
})

test.each(malformed)('%s is refused before it is read', async (_name, body, status) => {
  isProblem(await send(body), status)
})

test.each(Object.entries(strange))('%s is stored as it came', async (_name, text) => {
  const answer = await send(
    report({ description: text, contact: text.slice(0, 200), place: { text: text.slice(0, 200) } }),
  )
  expect(answer.status, answer.text).toBe(201)
  const [row] = await reportsById(app.app.reports, app.kernel.db, [answer.body.id])
  expect(row).toMatchObject({
    description: text,
    contact: text.slice(0, 200),
    place_text: text.slice(0, 200),
  })
})

test.each(types)('the content type "%s" is not JSON', async (type) => {
  isProblem(await send(JSON.stringify(report()), { 'content-type': type }))
})

test.each(deskBodies)('the desk refuses %s with a body that is wrong', async (path, body) => {
  isProblem(await app.call('POST', `/api/v1/desk/incidents/${path}`, { token: operator, body }))
})

test.each(paths)('the address %s is refused', async (path) => {
  isProblem(await app.call('GET', path))
})

test.each(fine)('the address %s is odd, and answered', async (path) => {
  expect((await app.call('GET', path)).status).toBe(200)
})

test('a key that was used for another body is refused, and the same body is answered again', async () => {
  const body = report()
  const first = await send(body, { 'idempotency-key': 'the-same' })
  expect(await send(body, { 'idempotency-key': 'the-same' })).toMatchObject({
    status: 201,
    body: first.body,
  })
  const other = await send(report({ activity: 'raid' }), { 'idempotency-key': 'the-same' })
  isProblem(other, 422)
  expect(other.body.code).toBe('kernel/idempotency-mismatch')
})

test('a receipt may be typed in any digits, and nothing else opens', async () => {
  const { body } = await send(report())
  const mine = (receipt: string) =>
    app.call('GET', '/api/v1/reports/mine', { headers: { authorization: receipt } })
  const arabic = body.receipt.replace(/\d/g, (digit: string) =>
    String.fromCodePoint(0x660 + Number(digit)),
  )
  expect((await mine(`Receipt ${arabic}`)).status).toBe(200)
  for (const text of [
    '😀'.repeat(16),
    '1'.repeat(15),
    '１'.repeat(17),
    `${body.receipt}\u200b`,
    '%00',
    `'${body.receipt}`,
  ])
    isProblem(await mine(`Receipt ${text}`), 404)
  for (const header of ['Receipt', 'Receipt ', `Bearer ${body.receipt}`, ''])
    isProblem(await mine(header), 401)
})

const raw = async (init: RequestInit & { path?: string }): Promise<Answer> => {
  const response = await fetch(url + (init.path ?? '/api/v1/reports'), init)
  const text = await response.text()
  return {
    status: response.status,
    text,
    body: JSON.parse(text),
    headers: Object.fromEntries(response.headers),
  }
}

test('headers larger than any honest one are refused on the wire', async () => {
  isProblem(
    await raw({
      method: 'GET',
      path: '/api/v1/incidents',
      headers: { 'x-large': 'x'.repeat(70_000) },
    }),
    431,
  )
})

test('a key that is no key is refused', async () => {
  for (const key of ['', ' ', 'x'.repeat(201), 'a b', 'ключ'])
    isProblem(await send(report(), { 'idempotency-key': key }), 400)
})

test('no report of any shape is ever our fault', async () => {
  const odd = fc.oneof(
    fc.jsonValue(),
    fc.string({ unit: 'binary' }),
    fc.constantFrom(null, -0, 1e308, '', [], {}, '\ud800', '\u0000'),
  )
  const fields = [
    'activity',
    'place',
    'observedAt',
    'firstHand',
    'size',
    'detained',
    'description',
    'language',
    'media',
    'contact',
    'placeKind',
    'x',
  ] as const
  await fc.assert(
    fc.asyncProperty(
      fc.dictionary(fc.constantFrom(...fields), odd),
      fc.boolean(),
      async (change, onTop) => {
        const answer = await send(onTop ? report(change) : change)
        if (answer.status !== 201) isProblem(answer)
      },
    ),
    { numRuns: 400 },
  )
})
