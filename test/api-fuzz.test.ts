import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { roles } from '../src/desk/index.ts'
import { type Schema, valuesOf } from './from-schema.ts'
import { aReport, type TestApp, testApp } from './harness.ts'

interface Parameter {
  name: string
  in: 'query' | 'path' | 'header'
  schema: Schema
}
interface Operation {
  parameters?: Parameter[]
  requestBody?: { content: Record<string, { schema: Schema }> }
}

let app: TestApp
const tokens: (string | undefined)[] = [undefined]
let operations: [method: string, path: string, operation: Operation][] = []

beforeAll(async () => {
  app = await testApp()
  for (const role of roles) tokens.push(await app.token(role))
  const { paths } = (await app.call('GET', '/api/openapi.json')).body
  operations = Object.entries(paths as Record<string, Record<string, Operation>>).flatMap(
    ([path, methods]) =>
      Object.entries(methods).map(([method, operation]): (typeof operations)[number] => [
        method.toUpperCase(),
        path,
        operation,
      ]),
  )
})
afterAll(() => app.stop())

/** Bodies by their schema, and anything at all; a report is mostly right, so that it gets further. */
function bodyOf(path: string, schema: Schema): fc.Arbitrary<unknown> {
  const values = valuesOf(schema)
  const changed = values.map((value) => {
    const { place: _place, observedAt: _at, ...rest } = Object(value)
    return { ...aReport(app), ...rest }
  })
  const likely = path === '/api/v1/reports' ? fc.oneof(values, changed) : values
  return fc.oneof({ weight: 4, arbitrary: likely }, fc.json(), fc.string())
}

/** A call of an operation: what its schema allows, or anything at all in its place. */
const callOf = ([method, path, operation]: (typeof operations)[number]) => {
  const parameters = operation.parameters ?? []
  const schema = operation.requestBody?.content['application/json']?.schema
  return fc.record({
    method: fc.constant(method),
    path: fc.constant(path),
    values: fc.tuple(...parameters.map(({ schema: one }) => fc.oneof(valuesOf(one), fc.string()))),
    parameters: fc.constant(parameters),
    body: schema ? bodyOf(path, schema) : fc.constant(undefined),
    token: fc.constantFrom(...tokens),
    key: fc.option(fc.string({ minLength: 1, maxLength: 40 }), { nil: undefined }),
  })
}
type Call = ReturnType<typeof callOf> extends fc.Arbitrary<infer T> ? T : never

function addressOf({ path, parameters, values }: Call): string {
  const query = new URLSearchParams()
  let address = path
  parameters.forEach(({ name, in: where }, i) => {
    const value = String(values[i])
    if (where === 'path') address = address.replace(`{${name}}`, encodeURIComponent(value) || 'x')
    else if (where === 'query') query.append(name, value)
  })
  // A path parameter that the page of the API does not describe.
  address = filled(address)
  return query.size > 0 ? `${address}?${query}` : address
}

/** An address with something well formed in each of its places. */
const filled = (path: string): string =>
  path
    .replace('people/{id}', 'people/00000000-0000-4000-8000-000000000000')
    .replace('{secret}', 'x'.repeat(43))
    .replace(/\{\w+\}/g, 'K7M3-9QXT')

test('whatever is sent to any route, as anybody: an answer of its own, never a fall', async () => {
  const streams = new Set(['/api/v1/stream', '/api/v1/desk/stream'])
  const tried = operations.filter(([, path]) => !streams.has(path))
  expect(tried.length).toBeGreaterThan(25)
  const statuses = new Map<number, number>()
  const any = fc.constantFrom(...tried).chain(callOf)
  await fc.assert(
    fc.asyncProperty(any, async (call) => {
      const headers: Record<string, string> = {}
      if (call.key && /^[\x20-\x7e]+$/.test(call.key)) headers['idempotency-key'] = call.key
      if (call.body !== undefined) headers['content-type'] = 'application/json'
      const answer = await app.call(call.method, addressOf(call), {
        body: call.body,
        token: call.token,
        headers,
      })
      statuses.set(answer.status, (statuses.get(answer.status) ?? 0) + 1)
      expect(answer.status, answer.text).toBeLessThan(500)
      if (answer.status < 400) return
      expect(String(answer.headers['content-type'])).toContain('application/problem+json')
      expect(answer.body).toMatchObject({
        status: answer.status,
        code: expect.stringMatching(/^[\w-]+\/[\w-]+$/),
      })
      expect(answer.text).not.toMatch(/node_modules|\bat .+:\d+:\d+|select .+ from/i)
    }),
    { numRuns: Number(process.env.FUZZ_RUNS ?? 1500) },
  )
  console.log(
    `answers: ${[...statuses]
      .sort()
      .map(([status, n]) => `${status} × ${n}`)
      .join(', ')}`,
  )
  expect((await app.call('GET', '/healthz')).body).toEqual({ status: 'ok' })
}, 300_000)

test('a field that nobody knows is refused by name, wherever a body is read', async () => {
  const withBody = operations.filter(([, , { requestBody }]) => requestBody)
  expect(withBody.length).toBeGreaterThan(5)
  for (const [method, path] of withBody) {
    const address = filled(path)
    for (const token of tokens) {
      const answer = await app.call(method, address, { body: { surprise: 1 }, token })
      expect([400, 401, 403, 404, 409, 422], `${method} ${path}`).toContain(answer.status)
      if (answer.status === 422)
        expect(JSON.stringify(answer.body.errors), `${method} ${path}`).toContain('surprise')
    }
  }
})
