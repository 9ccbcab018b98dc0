import { verify } from 'node:crypto'
import { afterAll, beforeAll, beforeEach, expect, it } from 'vitest'
import { confirmed, type Phone, readPush, subscribedPhone } from '../../test/alerting.ts'
import { type TestApp, testApp } from '../../test/harness.ts'
import { type PushService, startPushService } from '../demo/push-service/service.ts'
import { ed25519Public } from '../kernel/approvals/index.ts'

let service: PushService
let app: TestApp
beforeAll(async () => {
  service = await startPushService({ now: () => app.clock.now() })
})
afterAll(() => service.stop())
beforeEach(async () => {
  app = await testApp({ loopback: { ca: service.ca } })
  return () => app.stop()
})

const deskCall = async (role: 'approver' | 'verifier' | 'admin', path: string, body?: unknown) =>
  app.call('POST', `/api/v1/desk/${path}`, { token: await app.token(role), body })

/** What has come to a phone, in order, as it reads it. */
const heard = async (phone: Phone) => {
  const path = new URL(phone.endpoint).pathname
  const messages = service.ledger.filter((message) => message.path === path)
  return Promise.all(messages.map(({ body }) => readPush(app, phone, body)))
}

it('who asked for the place hears it, its correction too, and nobody else does', async () => {
  const near = await subscribedPhone(app, service, { n: 0 })
  const far = await subscribedPhone(app, service, { n: 3 })
  const id = await confirmed(app, 0)
  expect((await heard(near)).map(({ alert }) => [alert.id, alert.kind])).toEqual([
    [id, 'confirmed'],
  ])
  expect(await heard(far)).toEqual([])

  const late = await subscribedPhone(app, service, { n: 0 })
  expect((await deskCall('verifier', `incidents/${id}/correct`, {})).status).toBe(200)
  await app.settle()
  expect((await heard(near)).map(({ alert }) => alert.kind)).toEqual(['confirmed', 'correction'])
  expect(await heard(late)).toEqual([])
  expect(await heard(far)).toEqual([])
})

it('an all-clear reaches who was told, and the two figures are published', async () => {
  const phone = await subscribedPhone(app, service)
  const id = await confirmed(app)
  const [first] = await heard(phone)
  const receipt = { revision: 1, receipt: first?.receipt }
  for (const _ of [1, 2])
    expect(
      (await app.call('POST', `/api/v1/alerts/${id}/receipts`, { body: receipt })).status,
    ).toBe(204)
  const forged = { revision: 1, receipt: `${first?.receipt.slice(0, -1)}~` }
  expect((await app.call('POST', `/api/v1/alerts/${id}/receipts`, { body: forged })).status).toBe(
    204,
  )
  const { body } = await app.call('GET', `/api/v1/alerts/${id}`)
  expect(body.revisions).toMatchObject([{ attemptsAccepted: 1, receiptsConfirmed: 1, logIndex: 0 }])
  await deskCall('verifier', `incidents/${id}/end`, {})
  await app.settle()
  expect((await heard(phone)).map(({ alert }) => alert.kind)).toEqual(['confirmed', 'all-clear'])
})

it('anybody can check the signature with the published key', async () => {
  const id = await confirmed(app)
  const { body: keys } = await app.call('GET', '/.well-known/porchlight-alert-keys.json')
  const { body } = await app.call('GET', `/api/v1/alerts/${id}/signature`)
  expect(body).toMatchObject({ keyId: keys.alert.keyId, revision: 1, logIndex: 0 })
  const key = ed25519Public(Buffer.from(keys.alert.publicKey, 'base64url'))
  const text = Buffer.from(`porchlight-alert-v1\n${body.document}`)
  const signature = Buffer.from(body.signature, 'base64url')
  expect(verify(null, text, key, signature)).toBe(true)
  text[40] = (text[40] ?? 0) ^ 1
  expect(verify(null, text, key, signature)).toBe(false)
  expect((await app.call('GET', '/api/v1/alerts/ZZZZ-ZZZZ')).status).toBe(404)
})

it('a capability ends its subscription; a guess is answered alike and ends nothing', async () => {
  const phone = await subscribedPhone(app, service)
  const kept = await subscribedPhone(app, service)
  const right = await app.call('DELETE', `/api/v1/subscriptions/${phone.capability}`)
  const wrong = await app.call('DELETE', `/api/v1/subscriptions/${'A'.repeat(43)}`)
  const again = await app.call('DELETE', `/api/v1/subscriptions/${phone.capability}`)
  const seen = [right, wrong, again].map(({ status, text }) => [status, text])
  expect(new Set(seen.map((answer) => JSON.stringify(answer))).size).toBe(1)
  await confirmed(app)
  expect(await heard(phone)).toEqual([])
  expect(await heard(kept)).toHaveLength(1)
})

it('halted, nothing is sent; resumed, what has not expired goes on', async () => {
  const phone = await subscribedPhone(app, service)
  const halt = await deskCall('approver', 'sending/halt', { reason: 'a false alarm at the desk' })
  expect(halt.body).toMatchObject({ halted: true, reason: 'a false alarm at the desk' })
  expect((await app.call('GET', '/api/v1/sending')).body).toMatchObject({ halted: true })
  const id = await confirmed(app)
  expect(await heard(phone)).toEqual([])
  const { rows } = await app.app.pool.query('select refusal from alerts where incident_id = $1', [
    id,
  ])
  expect(rows).toEqual([{ refusal: 'halted' }])
  expect((await deskCall('admin', 'sending/resume')).body).toMatchObject({ halted: false })
  await confirmed(app, 2)
  expect((await app.call('GET', '/api/v1/sending')).body).toMatchObject({ halted: false })
})

it('in quiet hours it waits for their end, and is not sent after its own', async () => {
  // A month on it is 14:00 in Lanternport; an alert is shown for three hours. Jobs go by the machine's clock.
  app.clock.advance(60 * 24 * 30)
  const soon = await subscribedPhone(app, service, {
    more: { quiet: { from: '13:00', to: '15:00' } },
  })
  const late = await subscribedPhone(app, service, {
    more: { quiet: { from: '13:00', to: '22:00' } },
  })
  const woken = await subscribedPhone(app, service, {
    more: { quiet: { from: '13:00', to: '22:00', wake: true } },
  })
  await confirmed(app)
  expect([await heard(soon), await heard(late)].flat()).toEqual([])
  expect(await heard(woken)).toHaveLength(1)
  const { rows } = await app.app.pool.query('select run_at from graphile_worker.jobs')
  expect(rows).toEqual([{ run_at: new Date('2026-12-23T19:00:00Z') }])
})

it('keys prepared in time are used once, and made again', async () => {
  const phone = await subscribedPhone(app, service)
  const prepare = async () => app.app.jobs['alerts:prepare-keys']?.({})
  const count = async () => (await app.app.pool.query('select * from push_keys')).rowCount
  await prepare()
  expect(await count()).toBe(1)
  await confirmed(app)
  expect(await count()).toBe(0)
  expect(await heard(phone)).toHaveLength(1)
  await prepare()
  expect(await count()).toBe(1)
})
