import { createHmac } from 'node:crypto'
import type { IncomingMessage, ServerResponse } from 'node:http'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { webhookChannel } from '../src/alerts/deliver/webhook/webhook-channel.ts'
import { cellsAround } from '../src/alerts/matching/grow-cells.ts'
import { makeCertificate } from '../src/demo/push-service/certificate.ts'
import { confirmed } from './alerting.ts'
import { corner, type TestApp, testApp } from './harness.ts'

interface Posted {
  path: string
  headers: IncomingMessage['headers']
  body: string
}

const posted: Posted[] = []
/** What a path answers, one after the other; 204 when it has said all. */
const answers = new Map<string, ((response: ServerResponse) => void)[]>()
const status =
  (code: number, headers = {}) =>
  (response: ServerResponse) =>
    void response.writeHead(code, headers).end()

let app: TestApp
let server: ReturnType<typeof createServer>
let base = ''
let ca = ''
beforeAll(async () => {
  const { key, cert } = await makeCertificate()
  ca = cert
  server = createServer({ key, cert }, async (request, response) => {
    const parts: Buffer[] = []
    for await (const part of request) parts.push(part as Buffer)
    const path = request.url ?? ''
    posted.push({ path, headers: request.headers, body: Buffer.concat(parts).toString('utf8') })
    ;(answers.get(path)?.shift() ?? status(204))(response)
  })
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve))
  base = `https://localhost:${(server.address() as AddressInfo).port}`
  app = await testApp({ loopback: { ca } })
})
afterAll(async () => {
  await app.stop()
  server.closeAllConnections()
  await new Promise((resolve) => server.close(resolve))
})
beforeEach(() => void posted.splice(0))

async function subscribe(path: string) {
  const cells = cellsAround(corner(app, 0), 'near')
  const body = { channel: 'webhook', language: 'en', cells, webhook: { url: base + path } }
  const answer = await app.call('POST', '/api/v1/subscriptions', { body })
  expect(answer.status).toBe(201)
  return answer.body as { secret: string; capability: string }
}

const to = (path: string): Posted[] => posted.filter((one) => one.path === path)

test('a receiver gets the signed alert, and can tell that it is ours and not sent before', async () => {
  const { secret, capability } = await subscribe('/a')
  answers.set('/a', [status(503), status(200)])
  const id = await confirmed(app, 0)
  const [first, second, ...more] = to('/a')
  expect(more).toEqual([])
  expect(second?.headers['webhook-id']).toBe(first?.headers['webhook-id'])
  const {
    'webhook-id': msg,
    'webhook-timestamp': at,
    'webhook-signature': signature,
  } = second?.headers ?? {}
  // As standardwebhooks.com's own libraries check it.
  const key = Buffer.from(secret.slice('whsec_'.length), 'base64')
  const wanted = createHmac('sha256', key).update(`${msg}.${at}.${second?.body}`).digest('base64')
  expect(signature).toBe(`v1,${wanted}`)
  expect(Number(at)).toBe(app.clock.now().getTime() / 1000)
  const { type, data } = JSON.parse(second?.body ?? '')
  expect([type, data.alert.id]).toEqual(['alert.confirmed', id])
  expect(JSON.parse(data.document)).toEqual(data.alert)
  const published = await app.call('GET', `/api/v1/alerts/${id}/signature`)
  expect(published.body).toMatchObject({ signature: data.signature, document: data.document })
  await app.call('DELETE', `/api/v1/subscriptions/${capability}`)
})

test('a redirect is not followed, and what answers without end is left alone', async () => {
  const kept = [await subscribe('/b'), await subscribe('/c')]
  answers.set('/b', [status(302, { location: `${base}/elsewhere` })])
  answers.set('/c', [
    (response) => {
      response.writeHead(200)
      const pour = (): void => {
        if (response.destroyed) return
        response.write('x'.repeat(4096))
        setImmediate(pour)
      }
      pour()
    },
  ])
  await confirmed(app, 0)
  expect([to('/b').length, to('/c').length, to('/elsewhere').length]).toEqual([1, 1, 0])
  for (const { capability } of kept) await app.call('DELETE', `/api/v1/subscriptions/${capability}`)
})

test('who says 410 twice is gone', async () => {
  await subscribe('/d')
  answers.set('/d', [status(410), status(410), status(200)])
  for (const expected of [1, 2, 2]) {
    await confirmed(app, 0)
    expect(to('/d')).toHaveLength(expected)
  }
})

test('a name that was public when it was given and is private when it is used is not asked', async () => {
  const said: string[] = []
  const { port } = new URL(base)
  const channel = webhookChannel({
    clock: app.clock,
    lookup: (_name, _options, done) => done(null, [{ address: '127.0.0.1', family: 4 }]),
  })
  const deadline = new Date(app.clock.now().getTime() + 60_000)
  const sent = channel.send({
    signed: { alert: { kind: 'confirmed' } as never, keyId: '', signature: '' },
    document: '{}',
    deliveries: ['rebound.example', '127.0.0.1', '169.254.169.254', 'localhost'].map(
      (host, id) => ({
        ...{ id, language: 'en', receipt: '', prepared: null },
        endpoint: { channel: 'webhook', url: `https://${host}:${port}/e`, secret: 'whsec_AAAA' },
      }),
    ),
    deadline,
    wanted: () => true,
    onOutcome: (id, outcome) => said.push(`${id} ${outcome}`),
  })
  await expect.poll(() => said).toContain('3 refused')
  app.clock.advance(2)
  await sent
  expect(said.toSorted()).toEqual(['0 expired', '1 refused', '2 refused', '3 refused'])
  expect(posted).toEqual([])
  await channel.stop()
})

test.each([
  'http://example.org/x',
  'https://10.0.0.1/x',
  'https://u:p@example.org/',
  'https://intranet/x',
])('%s is refused when it is given', async (url) => {
  const cells = cellsAround(corner(app, 0), 'near')
  const body = { channel: 'webhook', language: 'en', cells, webhook: { url } }
  expect((await app.call('POST', '/api/v1/subscriptions', { body })).status).toBe(422)
})
