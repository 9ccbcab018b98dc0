import { mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Logger, runOnce } from 'graphile-worker'
import pg from 'pg'
import { inject } from 'vitest'
import { type App, type AppOptions, makeApp, makeHttp } from '../src/app.ts'
import { root } from '../src/commands/session.ts'
import { makeToken, type Role } from '../src/desk/index.ts'
import type { Config } from '../src/kernel/config.ts'
import type { PageHandler } from '../src/kernel/http/front.ts'
import { type LogFields, makeLog } from '../src/kernel/telemetry/log.ts'
import type { NewReportInput } from '../src/reports/contract.ts'

/** A clock that a test sets; it starts on a calm afternoon of Lanternport. */
export class TestClock {
  private at = new Date('2026-11-23T18:00:00Z')
  now(): Date {
    return new Date(this.at)
  }
  advance(minutes: number): void {
    this.at = new Date(this.at.getTime() + minutes * 60_000)
  }
}

export interface TestOptions {
  city?: string
  /** The real clock, for tests that wait for real things. */
  realTime?: boolean
  demo?: boolean
  handler?: PageHandler | null
  log?: (line: string) => void
  publicUrl?: string
  baseMap?: string
  /** Files with the keys of the text message hooks. */
  smsTwilioTokenFile?: string
  smsGenericKeyFile?: string
  evidenceRecipient?: string
  /** Push services on this machine that alerts may be sent to. */
  loopback?: AppOptions['loopback']
  faceModel?: string
  /** By whom text messages and e-mail go out. */
  sending?: Pick<
    Config,
    'smsUrl' | 'smsBody' | 'smsOutKeyFile' | 'smsRate' | 'smtpUrl' | 'mailFrom'
  >
}

interface Call {
  body?: unknown
  token?: string
  headers?: Record<string, string>
}

export interface Answer {
  status: number
  // biome-ignore lint/suspicious/noExplicitAny: a test reads whatever the API answered
  body: any
  text: string
  headers: Record<string, string | string[] | number | undefined>
}

/** An app on a database of its own, spoken to in process. */
export interface TestApp {
  app: App
  kernel: App['kernel']
  clock: TestClock
  databaseUrl: string
  server: Awaited<ReturnType<typeof makeHttp>>['fastify']
  call(method: string, path: string, call?: Call): Promise<Answer>
  token(role: Role, who?: { person?: string; organisation?: string }): Promise<string>
  /** Runs every job that is due, until none is left. */
  settle(): Promise<void>
  stop(): Promise<void>
}

/** Creates a database for one test file; the second value drops it again. */
export async function testDatabase(): Promise<[url: string, drop: () => Promise<void>]> {
  const name = `porchlight_test_${process.pid}_${Math.random().toString(36).slice(2)}`
  await admin(`create database ${name} template ${inject('template')}`)
  const url = new URL(inject('adminUrl'))
  url.pathname = `/${name}`
  return [url.href, () => admin(`drop database if exists ${name} with (force)`)]
}

/** Runs one statement on the server's maintenance database; copying a template needs it alone. */
async function admin(statement: string): Promise<void> {
  for (let attempt = 0; ; attempt++) {
    const client = new pg.Client({ connectionString: inject('adminUrl') })
    await client.connect()
    try {
      await client.query(statement)
      return
    } catch (error) {
      if (attempt > 50 || (error as { code?: string }).code !== '55006') throw error
      await new Promise((resolve) => setTimeout(resolve, 100))
    } finally {
      await client.end()
    }
  }
}

/** Makes a whole app for a test file; call `stop` at its end. */
export async function testApp(options: TestOptions = {}): Promise<TestApp> {
  const [databaseUrl, drop] = await testDatabase()
  const data = mkdtempSync(join(tmpdir(), 'porchlight-data-'))
  const clock = new TestClock()
  const app = await makeApp({
    config: {
      root,
      data,
      city: options.city ?? 'lanternport',
      port: 0,
      publicUrl: options.publicUrl,
      baseMap: options.baseMap,
      smsTwilioTokenFile: options.smsTwilioTokenFile,
      smsGenericKeyFile: options.smsGenericKeyFile,
      evidenceRecipient: options.evidenceRecipient,
      faceModel: options.faceModel,
      ...options.sending,
    },
    databaseUrl,
    log: makeLog(options.log ?? (() => {})),
    demo: options.demo ?? false,
    ...(options.loopback ? { loopback: options.loopback } : {}),
    ...(options.realTime ? {} : { clock }),
  })
  const running = await makeHttp(app, databaseUrl, options.handler ?? null)
  await running.fastify.ready()
  return {
    app,
    kernel: app.kernel,
    clock,
    databaseUrl,
    server: running.fastify,
    call: (method, path, call = {}) => callIn(running.fastify, method, path, call),
    token: async (role, who = {}) =>
      (
        await makeToken(app.kernel, {
          role,
          person: who.person ?? `A ${role}`,
          organisation: who.organisation ?? 'Harbour Neighbours',
        })
      ).token,
    settle: () => settle(app),
    async stop() {
      await running.stop()
      await app.close()
      await drop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

async function callIn(
  server: TestApp['server'],
  method: string,
  path: string,
  { body, token, headers = {} }: Call,
): Promise<Answer> {
  const response = await server.inject({
    method: method as 'GET',
    url: path,
    headers: {
      ...(body === undefined ? {} : { 'content-type': 'application/json' }),
      ...(token ? { authorization: `Bearer ${token}` } : {}),
      ...headers,
    },
    ...(body === undefined
      ? {}
      : { payload: typeof body === 'string' ? body : JSON.stringify(body) }),
  })
  const json = /json/.test(String(response.headers['content-type']))
  return {
    status: response.statusCode,
    body: json && response.body ? JSON.parse(response.body) : null,
    text: response.body,
    headers: response.headers,
  }
}

const quiet = new Logger(() => () => {})

/** A job that fails fails the test: nothing is retried in silence. */
async function settle(app: App): Promise<void> {
  const failures: unknown[] = []
  const taskList = Object.fromEntries(
    Object.entries(app.jobs).map(([name, handle]) => [
      name,
      (payload: unknown) =>
        handle(payload as Record<string, unknown>).catch((error) => void failures.push(error)),
    ]),
  )
  do await runOnce({ pgPool: app.pool, taskList, logger: quiet, noHandleSignals: true })
  while (await jobsAreDue(app))
  if (failures.length > 0) throw failures[0]
}

async function jobsAreDue({ pool }: App): Promise<boolean> {
  const { rowCount } = await pool.query(
    'select 1 from graphile_worker.jobs where run_at <= now() and locked_at is null limit 1',
  )
  return (rowCount ?? 0) > 0
}

/** The `n`th corner of the city, far from its neighbours in the list, so that reports do not link. */
export function corner(app: TestApp, n: number): { lat: number; lon: number } {
  const { areas } = app.app.city
  const neighbourhoods = areas.filter(({ kind }) => kind === 'neighbourhood')
  const area = neighbourhoods[n % neighbourhoods.length]
  const place = app.app.city.nearestCorner(area?.centre ?? app.app.city.centre)
  if (!place) throw new Error('the city has no corners')
  return { lat: place.lat, lon: place.lon }
}

/** A report that is right in every way, at the clock's time, on a corner of Lanternport. */
export function aReport(app: TestApp, change: Partial<NewReportInput> = {}): NewReportInput {
  return {
    activity: 'stop',
    place: corner(app, 0),
    observedAt: app.kernel.clock.now().toISOString(),
    firstHand: true,
    ...change,
  }
}

/** Sends a report and answers the incident it is in, once linked. */
export async function reported(
  app: TestApp,
  change: Partial<NewReportInput> = {},
): Promise<{ reportId: string; receipt: string; incidentId: string }> {
  const { status, body } = await app.call('POST', '/api/v1/reports', { body: aReport(app, change) })
  if (status !== 201) throw new Error(`the report was refused: ${JSON.stringify(body)}`)
  await app.settle()
  const link = await app.kernel.db
    .selectFrom('incident_reports')
    .select('incident_id')
    .where('report_id', '=', body.id)
    .executeTakeFirstOrThrow()
  return { reportId: body.id, receipt: body.receipt, incidentId: link.incident_id }
}

export type { LogFields }
