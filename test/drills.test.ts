import { verify } from 'node:crypto'
import { createServer } from 'node:https'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, beforeEach, expect, it, test } from 'vitest'
import { decide } from '#web/client/alerts/decide.ts'
import { confirmNumber } from '../src/alerts/index.ts'
import { cellsAround } from '../src/alerts/matching/grow-cells.ts'
import { makeCertificate } from '../src/demo/push-service/certificate.ts'
import { openPushMessage } from '../src/demo/push-service/open-message.ts'
import { type PushService, startPushService } from '../src/demo/push-service/service.ts'
import { ed25519Public } from '../src/kernel/approvals/index.ts'
import { limits } from '../src/kernel/limits.ts'
import { confirmed, type Phone, subscribedPhone } from './alerting.ts'
import { corner, type TestApp, testApp } from './harness.ts'
import { startGateway } from './text-gateway.ts'

// Drills, from outside: who hears of one by which channel, and where nothing of it is.

let app: TestApp
let push: PushService
let gateway: Awaited<ReturnType<typeof startGateway>>
const letters: { to: string; raw: string }[] = []
const hooks: { path: string; body: string }[] = []
let hookServer: ReturnType<typeof createServer>
const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  async onData(stream, { envelope }, done) {
    let raw = ''
    for await (const part of stream) raw += part
    letters.push({ to: envelope.rcptTo[0]?.address ?? '', raw: raw.replace(/=\r\n/g, '') })
    done()
  },
})
const portOf = (server: { address(): AddressInfo | string | null }): number =>
  (server.address() as AddressInfo).port

beforeAll(async () => {
  push = await startPushService({ now: () => app.clock.now() })
  gateway = await startGateway()
  await new Promise<void>((resolve) => smtp.listen(0, '127.0.0.1', resolve))
  const { key, cert } = await makeCertificate('webhooks')
  hookServer = createServer({ key, cert }, async (request, response) => {
    let body = ''
    for await (const part of request) body += part
    hooks.push({ path: request.url ?? '', body })
    response.writeHead(204).end()
  })
  await new Promise<void>((resolve) => hookServer.listen(0, '127.0.0.1', resolve))
  app = await testApp({
    loopback: { ca: [push.ca, cert] },
    sending: {
      smsUrl: `http://127.0.0.1:${gateway.port}/send?to={to}&text={text}`,
      smsRate: 500,
      smtpUrl: `smtp://127.0.0.1:${portOf(smtp.server)}`,
      mailFrom: 'Porchlight <alerts@porchlight.example>',
    },
  })
})
afterAll(async () => {
  await app.stop()
  await Promise.all([push.stop(), gateway.stop()])
  hookServer.closeAllConnections()
  await new Promise((resolve) => hookServer.close(resolve))
  await new Promise<void>((resolve) => smtp.close(resolve))
})
beforeEach(async () => {
  await app.app.pool.query("update subscriptions set state = 'gone', version = version + 1000000")
  await app.app.pool.query(
    'update subscription_counter set version = (select coalesce(max(version), 0) from subscriptions)',
  )
  await app.app.pool.query("delete from alerts where audience = 'drills'")
})

/** Somebody who asked to hear by one channel, and what has come to them. */
interface Listener {
  wants: readonly string[]
  channel: string
  heard(): Promise<string[]>
}

let count = 0
const subscribe = (body: object) =>
  app.call('POST', '/api/v1/subscriptions', {
    body: { language: 'es', cells: cellsAround(corner(app, 0), 'near'), ...body },
  })

const listening: Record<string, (wants: readonly string[]) => Promise<Listener['heard']>> = {
  async webpush(wants) {
    const phone = await subscribedPhone(app, push, { more: { wants } })
    return () => readAll(phone)
  },
  async webhook(wants) {
    const path = `/hook-${count++}`
    const url = `https://localhost:${portOf(hookServer)}${path}`
    await subscribe({ channel: 'webhook', webhook: { url }, wants })
    return async () => hooks.filter((one) => one.path === path).map(({ body }) => body)
  },
  async sms(wants) {
    const phone = `+1212555${1000 + count++}`
    await subscribe({ channel: 'sms', phone, wants })
    await app.settle()
    await app.kernel.db.transaction().execute((tx) => confirmNumber(app.kernel, tx, phone))
    const mine = () => gateway.handed.filter(({ url }) => url.searchParams.get('to') === phone)
    return async () =>
      mine()
        .slice(1)
        .map(({ url }) => url.searchParams.get('text') ?? '')
  },
  async email(wants) {
    const email = `somebody-${count++}@example.org`
    await subscribe({ channel: 'email', email, wants })
    await app.settle()
    const mine = () => letters.filter(({ to }) => to === email).map(({ raw }) => raw)
    const secret = /alerts\/confirm\/([A-Za-z0-9_-]+)/.exec(mine()[0] ?? '')?.[1]
    await app.call('POST', `/api/v1/subscriptions/confirmations/${secret}`)
    return async () => mine().slice(1)
  },
}

async function readAll(phone: Phone): Promise<string[]> {
  const path = new URL(phone.endpoint).pathname
  const bodies = push.ledger.filter((message) => message.path === path).map(({ body }) => body)
  return Promise.all(
    bodies.map(async (body) => (await openPushMessage(phone.receiver, body)).toString('utf8')),
  )
}

const desk = async (path: string, body?: object, role: 'approver' | 'admin' = 'approver') =>
  app.call('POST', `/api/v1/desk/${path}`, { token: await app.token(role), body })
const placeId = (): string => app.app.city.nearestCorner(corner(app, 0))?.placeId ?? ''
async function drilled(place = placeId()): Promise<string> {
  const { status, body } = await desk('drills', { place })
  expect([status, body.alert?.drill]).toEqual([201, true])
  await app.settle()
  return body.alert.id
}

const wishes = [['alerts'], ['drills'], ['alerts', 'drills']]

test('over every channel a drill reaches who asked for drills and nobody else; an alert the reverse', async () => {
  const people: Listener[] = []
  for (const [channel, listen] of Object.entries(listening))
    for (const wants of wishes) people.push({ channel, wants, heard: await listen(wants) })
  const id = await drilled()
  const marked: Record<string, RegExp> = {
    webpush: /"drill":true/,
    webhook: /^\{"type":"drill\.confirmed"/,
    sms: /^SIMULACRO, no es real:/,
    email: /^SIMULACRO, no es real:/m,
  }
  for (const { channel, wants, heard } of people) {
    const messages = await heard()
    expect(messages.length, `${channel} ${wants}`).toBe(wants.includes('drills') ? 1 : 0)
    for (const message of messages) {
      expect(message).toMatch(marked[channel] as RegExp)
      // A text message has no room for the number's mark: it begins with the word itself.
      expect(message).toContain(id.slice('DRILL-'.length))
    }
  }
  const real = await confirmed(app, 0)
  for (const { channel, wants, heard } of people) {
    const messages = (await heard()).filter((message) => message.includes(real))
    expect(messages.length, `${channel} ${wants}`).toBe(wants.includes('alerts') ? 1 : 0)
    for (const message of messages) expect(message).not.toMatch(/"drill":true|SIMULACRO/)
  }
}, 60_000)

test('its end reaches who was told of it, once; then it is over', async () => {
  const heard = await listening.sms?.(['drills'])
  const id = await drilled()
  const late = await listening.sms?.(['drills'])
  expect((await desk(`drills/${id}/end`, undefined, 'admin')).body).toMatchObject({
    alert: { kind: 'all-clear', revision: 2, drill: true },
  })
  await app.settle()
  const texts = (await heard?.()) ?? []
  expect(texts).toHaveLength(2)
  for (const text of texts) expect(text).toMatch(/^SIMULACRO, no es real:/)
  expect(await late?.()).toEqual([])
  expect((await desk(`drills/${id}/end`)).body.code).toBe('alerts/drill-over')
  expect((await desk('drills/DRILL-0000-0000/end')).status).toBe(404)
})

test('a whole area can be drilled', async () => {
  const heard = await listening.webpush?.(['drills'])
  const area = app.app.city.areas.filter(({ kind }) => kind === 'neighbourhood')[0]
  await drilled(area?.id)
  expect(await heard?.()).toHaveLength(1)
  expect((await heard?.())?.[0]).toContain('"precision":"neighbourhood"')
})

it('is under its own addresses, under its own key, and nowhere in public', async () => {
  const publicPlaces = [
    ...['/api/v1/incidents', '/feeds/city.plf', '/feeds/alerts.atom', '/feeds/alerts.cap.atom'],
    ...['/feeds/alerts.json', '/feeds/alerts.geojson'],
  ]
  // A feed is signed anew as time goes by; what it says is what counts.
  const seen = () =>
    Promise.all(
      publicPlaces.map(async (path) => {
        const { text } = await app.call('GET', path)
        return path.endsWith('.plf') ? text.slice(8, 10) : text
      }),
    )
  const rows = async () => {
    const { rows: all } = await app.app.pool.query(`select
      (select count(*) from signed_alerts) as stream, (select count(*) from publications) as publications,
      (select count(*) from ledger_entries) as ledger, (select count(*) from incidents) as incidents,
      (select count(*) from events where stream = 'incident') as history`)
    return all[0]
  }
  const [before, rowsBefore] = [await seen(), await rows()]
  const id = await drilled()
  expect(await seen()).toEqual(before)
  expect(await rows()).toEqual(rowsBefore)
  for (const path of [
    `/api/v1/alerts/${id}`,
    `/api/v1/alerts/${id}/signature`,
    `/api/v1/incidents/${id}`,
  ])
    expect((await app.call('GET', path)).status).toBe(404)

  const { body } = await app.call('GET', `/api/v1/drills/${id}`)
  expect(body).toMatchObject({ id, drill: true, revisions: [{ logIndex: null }] })
  const [{ keyId, signature, document }] = body.revisions
  const { drill: key } = (await app.call('GET', '/.well-known/porchlight-drill-keys.json')).body
  const { alert: other } = (await app.call('GET', '/.well-known/porchlight-alert-keys.json')).body
  const holds = ({ publicKey }: { publicKey: string }): boolean =>
    verify(
      null,
      Buffer.from(`porchlight-alert-v1\n${document}`),
      ed25519Public(Buffer.from(publicKey, 'base64url')),
      Buffer.from(signature, 'base64url'),
    )
  expect([keyId, holds(key), holds(other)]).toEqual([key.keyId, true, false])
  const feed = (await app.call('GET', '/feeds/drill.plf')).text
  expect(feed.slice(0, 4)).toBe('PLD1')
  const about = { origin: app.app.alerts.origin, now: app.clock.now().getTime() }
  const phone = (drills: boolean) => decide(JSON.parse(document), {}, { ...about, drills }).verdict
  expect([phone(false), phone(true)]).toEqual(['foreign', 'show'])
  expect((await app.call('GET', '/api/v1/drills/7K3D-9QPT')).status).toBe(422)
  expect((await app.call('GET', '/api/v1/drills/DRILL-7K3D-9QPT')).status).toBe(404)
})

test('a halt stops drills too, those on their way as well', async () => {
  const heard = await listening.sms?.(['drills'])
  const { body } = await desk('drills', { place: placeId() })
  await desk('sending/halt', { reason: 'somebody took the drill for real' })
  await app.settle()
  expect(await heard?.()).toEqual([])
  expect((await desk('drills', { place: placeId() })).body.code).toBe('alerts/halted')
  await desk('sending/resume')
  await app.settle()
  expect(await heard?.()).toHaveLength(1)
  expect(body.alert.id).toMatch(/^DRILL-/)
})

test('nobody is promised what nothing sends: guidance is refused, and says so', async () => {
  const { status, body } = await subscribe({ channel: 'webhook', wants: ['alerts', 'guidance'] })
  expect([status, body.code]).toEqual([422, 'kernel/invalid'])
  expect(JSON.stringify(body)).toContain('guidance was taken out')
})

test('what cannot be drilled is refused, in words', async () => {
  const code = async (body: object) => (await desk('drills', body)).body.code
  expect(await code({ place: 'no-such-place' })).toBe('alerts/no-such-place')
  const id = 'DRILL-7K3D-9QPT'
  await desk('drills', { place: placeId(), id })
  expect(await code({ place: placeId(), id })).toBe('alerts/drill-known')
  for (const more of [{ id: '7K3D-9QPT' }, { minutes: 61 }, { minutes: 1 }])
    expect((await desk('drills', { place: placeId(), ...more })).status).toBe(422)
  for (let n = 1; n < limits.drillsADay; n++) await desk('drills', { place: placeId() })
  expect(await code({ place: placeId() })).toBe('alerts/drills-spent')
  app.clock.advance(25 * 60)
  expect((await desk('drills', { place: placeId() })).status).toBe(201)
}, 60_000)
