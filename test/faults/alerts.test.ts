import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, beforeEach, expect, it, vi } from 'vitest'
import { type PushService, startPushService } from '../../src/demo/push-service/service.ts'
import { limits } from '../../src/kernel/limits.ts'
import {
  confirmed,
  confirmedUnsettled,
  type Phone,
  readPush,
  subscribedNumber,
  subscribedPhone,
} from '../alerting.ts'
import { type TestApp, testApp } from '../harness.ts'
import { startGateway } from '../text-gateway.ts'

// F3, F4, F15-F19, F25: the process that sends is killed again and again, services fail, words come out
// of order. The push service's own ledger says what came; a phone's memory says what was shown.

let service: PushService
let app: TestApp
let phones: Phone[] = []
const children = new Set<ChildProcess>()
beforeAll(async () => {
  service = await startPushService()
})
afterAll(() => service.stop())
beforeEach(async () => {
  app = await testApp({ realTime: true, loopback: { ca: service.ca } })
  writeFileSync(join(app.app.config.data, 'ca.pem'), service.ca)
  phones = []
})
afterEach(async () => {
  for (const child of children) await kill(child)
  service.faults.set([])
  await app.stop()
})

const subscribe = async (count: number): Promise<void> => {
  for (let i = 0; i < count; i++) phones.push(await subscribedPhone(app, service))
}

async function startWorker(smsUrl?: string): Promise<ChildProcess> {
  const { config } = app.app
  const program = join(import.meta.dirname, 'jobs-only.ts')
  const ca = join(config.data, 'ca.pem')
  const child = spawn(
    process.execPath,
    [program, app.databaseUrl, config.data, ca, ...(smsUrl ? [smsUrl] : [])],
    {
      stdio: ['ignore', 'pipe', 'ignore'],
    },
  )
  children.add(child)
  await once(child.stdout as NodeJS.ReadableStream, 'data')
  return child
}

async function kill(child: ChildProcess): Promise<void> {
  children.delete(child)
  if (child.exitCode !== null || child.signalCode !== null) return
  const over = once(child, 'exit')
  child.kill('SIGKILL')
  await over
}

const came = (phone: Phone) => {
  const path = new URL(phone.endpoint).pathname
  return service.ledger.filter((message) => message.path === path)
}
const cameInAll = (): number => phones.reduce((sum, phone) => sum + came(phone).length, 0)

/** What a phone has shown once everything came: each word once, never an older one after a newer. */
async function shown(phone: Phone): Promise<string[]> {
  const seen: string[] = []
  let last = 0
  for (const { body } of came(phone)) {
    const { alert } = await readPush(app, phone, body)
    if (alert.revision <= last) continue
    last = alert.revision
    seen.push(alert.kind)
  }
  return seen
}

const unfinished = async (): Promise<number> => {
  const { rows } = await app.app.pool.query(
    `select (select count(*) from alert_pages where finished_at is null)
      + (select count(*) from graphile_worker.jobs where run_at <= now()) as left`,
  )
  return Number(rows[0].left)
}

it('killed before, in the middle of and after sending, each phone shows the alert once', async () => {
  await subscribe(120)
  await confirmedUnsettled(app)
  for (const moment of [0, 1, 40, 119]) {
    const child = await startWorker()
    await vi.waitUntil(() => cameInAll() >= moment || children.size === 0, {
      timeout: 20_000,
      interval: 1,
    })
    await kill(child)
  }
  await startWorker()
  await vi.waitUntil(async () => (await unfinished()) === 0, { timeout: 30_000 })
  for (const phone of phones) expect(await shown(phone)).toEqual(['confirmed'])
  const topics = new Set(phones.flatMap((phone) => came(phone).map(({ topic }) => topic)))
  expect(topics.size).toBe(1)
  console.log(`faults: ${cameInAll()} messages for ${phones.length} phones over four kills`)
}, 120_000)

it('killed again and again, no more texts are doubled than were being handed over', async () => {
  const gateway = await startGateway()
  const smsUrl = `http://127.0.0.1:${gateway.port}/send?to={to}&text={text}`
  const numbers = Array.from({ length: 40 }, (_, n) => `+1212555${2000 + n}`)
  for (const number of numbers) await subscribedNumber(app, number)
  await confirmedUnsettled(app)
  const kills = [7, 16, 25, 34]
  for (const moment of kills) {
    const child = await startWorker(smsUrl)
    await vi.waitUntil(() => gateway.handed.length >= moment, { timeout: 20_000, interval: 1 })
    await kill(child)
  }
  await startWorker(smsUrl)
  await vi.waitUntil(async () => (await unfinished()) === 0, { timeout: 30_000 })
  const came = numbers.map(
    (number) => gateway.handed.filter(({ url }) => url.searchParams.get('to') === number).length,
  )
  await gateway.stop()
  expect(Math.min(...came)).toBe(1)
  const doubled = gateway.handed.length - numbers.length
  console.log(`faults: ${doubled} texts of ${numbers.length} came again over ${kills.length} kills`)
  expect(doubled).toBeLessThanOrEqual(kills.length * limits.textsAtOnce)
}, 120_000)

it('a correction that comes before the alert was sent wins: nobody is left with the alert alone', async () => {
  await subscribe(20)
  const { correct } = await confirmedUnsettled(app)
  await correct()
  await startWorker()
  await vi.waitUntil(async () => (await unfinished()) === 0, { timeout: 30_000 })
  for (const phone of phones)
    expect([[], ['confirmed', 'correction'], ['correction']]).toContainEqual(await shown(phone))
}, 60_000)

it('who is gone is believed the second time, and then forgotten', async () => {
  await subscribe(30)
  for (const phone of phones.slice(0, 10)) service.remove(phone.endpoint)
  const active = async () =>
    (await app.app.pool.query("select 1 from subscriptions where state = 'active'")).rowCount
  await confirmed(app)
  expect(await active()).toBe(30)
  await confirmed(app)
  expect(await active()).toBe(20)
  const { rows } = await app.app.pool.query(
    "select distinct length(sealed_endpoint) as left from subscriptions where state = 'gone'",
  )
  expect(rows).toEqual([{ left: 0 }])
}, 60_000)

it('while all push services fail nothing is lost: it is sent when they come back', async () => {
  await subscribe(10)
  service.faults.set([{ times: 6, fault: { kind: 'status', status: 503 } }])
  await confirmed(app)
  for (const phone of phones) expect(await shown(phone)).toEqual(['confirmed'])
}, 60_000)
