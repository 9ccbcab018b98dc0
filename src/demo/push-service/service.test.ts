import { once } from 'node:events'
import type { IncomingMessage } from 'node:http'
import { request } from 'node:https'
import { afterEach, expect, test } from 'vitest'
import { generateVapidKeys, makeVapid } from '../../alerts/push/vapid.ts'
import { type PushService, startPushService } from './service.ts'

const at = { now: Date.parse('2026-11-24T18:00:00Z') }
const now = (): Date => new Date(at.now)
const open: PushService[] = []
afterEach(async () => {
  for (const service of open.splice(0)) await service.stop()
})

async function started(): Promise<PushService> {
  const service = await startPushService({ now })
  open.push(service)
  return service
}

/** One request to it; answers the status, headers and body. */
async function ask(
  service: PushService,
  url: string,
  method: string,
  headers: Record<string, string> = {},
  body = '',
) {
  const asked = request(url, { method, headers, ca: service.ca, agent: false }).end(body)
  const [answer] = (await once(asked, 'response')) as [IncomingMessage]
  let text = ''
  for await (const chunk of answer.setEncoding('utf8')) text += chunk
  return { status: answer.statusCode, headers: answer.headers, text }
}

const sound = { ttl: '60', 'content-encoding': 'aes128gcm' }

test('a resource is made, sent to, listened to and removed over HTTP alone', async () => {
  const service = await started()
  const made = await ask(service, `${service.url}/subscribe`, 'POST', {}, '{}')
  expect(made.status).toBe(201)
  const { endpoint } = JSON.parse(made.text) as { endpoint: string }
  expect(made.headers.location).toBe(endpoint)
  const sent = await ask(service, endpoint, 'POST', sound, 'waits')
  expect([sent.status, sent.headers.location]).toEqual([201, '/m/1'])
  const listening = request(endpoint, { ca: service.ca, agent: false }).end()
  const [stream] = (await once(listening, 'response')) as [IncomingMessage]
  const heard: string[] = []
  stream
    .setEncoding('utf8')
    .on('data', (text: string) => heard.push(...text.split('\n\n').filter(Boolean)))
  await ask(service, endpoint, 'POST', sound, 'comes')
  const event = (text: string): string => `data: ${Buffer.from(text).toString('base64')}`
  await expect.poll(() => heard).toEqual([event('waits'), event('comes')])
  listening.destroy()
  expect((await ask(service, endpoint, 'DELETE')).status).toBe(204)
  expect((await ask(service, endpoint, 'POST', sound, 'late')).status).toBe(410)
  expect((await ask(service, `${service.url}/p/77`, 'POST', sound, 'lost')).status).toBe(404)
  expect((await ask(service, `${service.url}/ledger`, 'GET')).text).toBe('/p/0  5\n/p/0  5\n')
})

test('a message waits for its TTL and no longer, and a later one of its topic takes its place', async () => {
  const service = await started()
  const endpoint = service.subscribe()
  const send = (body: string, headers: Record<string, string>) =>
    ask(service, endpoint, 'POST', { ...sound, ...headers }, body)
  await send('short', { ttl: '10' })
  await send('at once or never', { ttl: '0' })
  await send('first', { topic: 'a' })
  await send('second', { topic: 'a' })
  await send('other', { topic: 'b' })
  at.now += 30_000
  const heard: string[] = []
  service.onMessage(endpoint, ({ body }) => heard.push(body.toString()))
  expect(heard).toEqual(['second', 'other'])
  expect(service.ledger).toHaveLength(5)
})

test.each([
  [400, { ttl: '' }, 'x'],
  [400, { ttl: '-1' }, 'x'],
  [400, { urgency: 'very' }, 'x'],
  [400, { topic: 'a'.repeat(33) }, 'x'],
  [415, { 'content-encoding': 'aesgcm' }, 'x'],
  [413, {}, 'x'.repeat(4097)],
])('answers %i to what RFC 8030 does not allow', async (status, headers, body) => {
  const service = await started()
  const endpoint = service.subscribe()
  expect((await ask(service, endpoint, 'POST', { ...sound, ...headers }, body)).status).toBe(status)
  expect(service.ledger).toEqual([])
})

test('only the holder of the key may send, for this service, within a day', async () => {
  const service = await started()
  const keys = generateVapidKeys()
  const endpoint = service.subscribe(keys.publicKey)
  const by = (pair = keys, origin = service.url, clock = { now }): string =>
    makeVapid({ keys: pair, subject: 'mailto:a@b.example', clock }).authorization(origin)
  const status = async (authorization: string) =>
    (await ask(service, endpoint, 'POST', { ...sound, authorization }, 'x')).status
  const later = (hours: number) => ({ now: () => new Date(at.now + hours * 3_600_000) })
  expect(await status(by())).toBe(201)
  expect(await status('')).toBe(403)
  expect(await status(by(generateVapidKeys()))).toBe(403)
  expect(await status(by(keys, 'https://other.example'))).toBe(403)
  expect(await status(by(keys, service.url, later(-13)))).toBe(403)
  expect(await status(by(keys, service.url, later(13)))).toBe(403)
  const [head, claims, signature] = by().split('.') as [string, string, string]
  const flipped = `${signature[0] === 'A' ? 'B' : 'A'}${signature.slice(1)}`
  expect(await status(`${head}.${claims}.${flipped}`)).toBe(403)
})
