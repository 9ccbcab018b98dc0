import { randomUUID } from 'node:crypto'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { cellsAround } from '../src/alerts/matching/grow-cells.ts'
import { limits } from '../src/kernel/limits.ts'
import { segmentsOf } from '../src/kernel/sms-segments.ts'
import { genericSignature } from '../src/reports/sms/signatures.ts'
import { confirmed } from './alerting.ts'
import { corner, type TestApp, testApp } from './harness.ts'
import { startGateway } from './text-gateway.ts'

const key = 'generic-key-'.padEnd(40, 'g')
const folder = mkdtempSync(join(tmpdir(), 'porchlight-sms-out-'))
const lines: string[] = []
let gateway: Awaited<ReturnType<typeof startGateway>>
let app: TestApp
beforeAll(async () => {
  gateway = await startGateway()
  writeFileSync(join(folder, 'in'), key)
  writeFileSync(join(folder, 'out'), 'the gateway secret')
  app = await testApp({
    log: (line) => lines.push(line),
    smsGenericKeyFile: join(folder, 'in'),
    sending: {
      smsUrl: `http://127.0.0.1:${gateway.port}/send?to={to}&text={text}`,
      smsOutKeyFile: join(folder, 'out'),
      smsRate: 500,
    },
  })
})
afterAll(async () => {
  await app.stop()
  await gateway.stop()
  rmSync(folder, { recursive: true })
})

async function subscribe(phone: string, n = 0, language = 'es') {
  const cells = cellsAround(corner(app, n), 'near')
  const body = { channel: 'sms', language, cells, phone }
  const { status, body: answer } = await app.call('POST', '/api/v1/subscriptions', { body })
  await app.settle()
  return { status, answer }
}

/** What somebody texts us, and our reply. */
async function texted(from: string, text: string): Promise<string> {
  const body = JSON.stringify({ id: randomUUID(), from, text })
  const timestamp = String(Math.floor(app.clock.now().getTime() / 1000))
  const signed = { timestamp, nonce: randomUUID(), body }
  const answer = await app.call('POST', '/hooks/sms/generic', {
    body,
    headers: {
      'porchlight-timestamp': timestamp,
      'porchlight-nonce': signed.nonce,
      'porchlight-signature': genericSignature(key, signed),
    },
  })
  expect(answer.status).toBe(200)
  return answer.body.reply
}

/** What came for a number since the last look. */
function arrived(phone: string): string[] {
  const mine = gateway.handed.filter(({ url }) => url.searchParams.get('to') === phone)
  gateway.handed.splice(
    0,
    gateway.handed.length,
    ...gateway.handed.filter((one) => !mine.includes(one)),
  )
  return mine.map(({ url }) => url.searchParams.get('text') ?? '')
}

test('a number is asked, says yes, hears the alert and its correction, says stop, hears nothing', async () => {
  const phone = '+12125550101'
  const { status, answer } = await subscribe('(212) 555-0101')
  expect([status, answer.capability]).toEqual([202, null])
  const [question] = arrived(phone)
  expect(question).toMatch(/Responda SI/)

  await confirmed(app, 0)
  expect(arrived(phone)).toEqual([])

  expect(await texted('+1 212 555 0101', 'Sí')).toMatch(/PARAR/)
  const id = await confirmed(app, 2)
  expect(arrived(phone)).toEqual([])
  const third = await confirmed(app, 0)
  expect(third).not.toBe(id)
  const [alert, ...more] = arrived(phone)
  expect(alert).toMatch(/^\d\d?:\d\d.* Confirmado.*: migracion, /)
  expect(alert).toContain(third)
  expect([segmentsOf(alert ?? ''), more]).toEqual([1, []])
  const bearer = gateway.handed.map(({ headers }) => headers.authorization)
  expect(bearer.every((value) => value === 'Bearer the gateway secret')).toBe(true)

  const token = await app.token('verifier')
  await app.call('POST', `/api/v1/desk/incidents/${third}/correct`, { token, body: {} })
  await app.settle()
  expect(arrived(phone)[0]).toMatch(/^CORRECCION/)

  expect(await texted(phone, 'PARAR')).toMatch(/INICIAR/)
  await confirmed(app, 0)
  expect(arrived(phone)).toEqual([])
})

test('a number that said stop is not even asked; after start it is', async () => {
  const phone = '+12125550102'
  await texted(phone, 'STOP')
  const { status, answer } = await subscribe(phone)
  expect([status, answer.stored.channel]).toEqual([202, 'sms'])
  expect(arrived(phone)).toEqual([])
  await texted(phone, 'START')
  await subscribe(phone)
  expect(arrived(phone)).toHaveLength(1)
})

test('a stranger is asked twice a day at most, whoever asks how often', async () => {
  const phone = '+12125550103'
  for (let n = 0; n < 5; n++) await subscribe(phone)
  expect(arrived(phone)).toHaveLength(limits.asksADay)
  app.clock.advance(25 * 60)
  await subscribe(phone)
  expect(arrived(phone)).toHaveLength(1)
})

test('what nobody confirms is forgotten after a day, with where it would have gone', async () => {
  await subscribe('+12125550104')
  const pending = async () =>
    (await app.app.pool.query("select 1 from subscriptions where state = 'pending'")).rowCount
  await app.app.jobs['alerts:forget-pending']?.({})
  expect(await pending()).not.toBe(0)
  app.clock.advance(25 * 60)
  await app.app.jobs['alerts:forget-pending']?.({})
  expect(await pending()).toBe(0)
})

test('what a gateway does not take comes again; no number and no secret is in a log', async () => {
  const phone = '+12125550105'
  await subscribe(phone)
  await texted(phone, 'yes')
  arrived(phone)
  gateway.answers.push({ status: 503 }, { status: 429 }, { status: 200 })
  await confirmed(app, 4)
  await confirmed(app, 0)
  expect(arrived(phone)).toHaveLength(3)
  const { text } = await app.call('GET', '/metrics')
  expect(text).toMatch(/porchlight_text_segments_total\{outcome="again"\} 2/)
  expect(lines.join('\n')).not.toMatch(/5550105|gateway secret|127\.0\.0\.1:/)
})
