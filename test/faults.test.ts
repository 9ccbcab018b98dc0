import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest'
import { makeLedger } from './ledger.ts'
import {
  ask,
  databaseProcesses,
  freePort,
  lives,
  type Program,
  pause,
  porchlight,
  postmaster,
  serving,
  until,
} from './program.ts'

const ledger = makeLedger()
let data: string
let port: number
let program: Program

beforeAll(async () => {
  data = mkdtempSync(join(tmpdir(), 'porchlight-faults-'))
  chmodSync(data, 0o755)
  port = await freePort()
  program = await serving(data, port)
}, 120_000)
/** What the program printed is what explains a failure. */
afterEach(({ task }) => {
  if (task.result?.state === 'fail') console.log(program.printed())
})
afterAll(async () => {
  program?.child.kill('SIGKILL')
  try {
    process.kill(postmaster(data), 'SIGKILL')
  } catch {
    // It has stopped, as it should.
  }
  await pause(300)
  rmSync(data, { recursive: true, force: true })
})

const statusOf = (path: string): Promise<number> =>
  fetch(program.url + path, { signal: AbortSignal.timeout(5000) }).then(
    ({ status }) => status,
    () => 0,
  )

const accepted = (): number => ledger.entries.filter(({ told }) => told).length

/** Everything the ledger was promised is in the database once, and in an incident. */
async function nothingIsLost(): Promise<void> {
  const told = ledger.entries.map((entry) => entry.told?.id)
  expect(new Set(told).size).toBe(told.length)
  const rows = await ask(data, 'select id from reports')
  expect(rows.map(({ id }) => id).sort()).toEqual([...told].sort())
  await until(
    async () =>
      (
        await ask(
          data,
          'select 1 from reports where id not in (select report_id from incident_reports)',
        )
      ).length === 0,
    20_000,
    'every report is in an incident',
  )
}

test('another command on the same data folder works while it serves', async () => {
  const words = ['--role', 'operator', '--organisation', 'Harbour Neighbours', '--person', 'Omar']
  const token = porchlight('token', '--data', data, '--city', 'lanternport', ...words)
  expect((await token.ended).code).toBe(0)
  const bearer = /[\w-]{43}/.exec(token.printed())?.[0]
  const answer = await fetch(`${program.url}/api/v1/desk/queue`, {
    headers: { authorization: `Bearer ${bearer}` },
  })
  expect(answer.status).toBe(200)
  expect(await statusOf('/readyz')).toBe(200)
}, 60_000)

test('a port that is taken is said in one sentence', async () => {
  const second = porchlight(
    'serve',
    '--data',
    data,
    '--city',
    'lanternport',
    '--port',
    String(port),
  )
  expect((await second.ended).code).toBe(1)
  expect(second.printed()).toContain(`Port ${port} is taken by another program`)
  expect(second.printed()).not.toContain('    at ')
  expect(await statusOf('/readyz')).toBe(200)
}, 60_000)

test('killed six times while people report, it loses nothing and takes nothing twice', async () => {
  let over = false
  const people = [1, 2, 3].map(async () => {
    while (!over) {
      await ledger.send(program.url)
      await pause(30)
    }
  })
  for (let kill = 0; kill < 6; kill++) {
    const before = accepted()
    await until(() => accepted() > before, 30_000, 'a report is accepted')
    await pause(Math.random() * 700)
    program.child.kill('SIGKILL')
    await program.ended
    program = await serving(data, port)
  }
  over = true
  await Promise.all(people)
  expect(ledger.entries.length).toBeGreaterThan(12)
  await nothingIsLost()
  for (const entry of ledger.entries.slice(-25))
    expect(await ledger.attempt(program.url, entry)).toMatchObject({ status: 201, ...entry.told })
  await nothingIsLost()
}, 180_000)

/** A helper of PostgreSQL may end between being listed and being told; the others must be told. */
function signal(pid: number, name: 'SIGSTOP' | 'SIGCONT'): void {
  try {
    process.kill(pid, name)
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') throw error
  }
}

test('while PostgreSQL is stopped it is alive but not ready, and then ready again', async () => {
  const processes = databaseProcesses(data)
  for (const pid of processes) signal(pid, 'SIGSTOP')
  const stopped = Date.now()
  try {
    await until(async () => (await statusOf('/readyz')) === 503, 4000, '/readyz says 503')
    expect(await statusOf('/healthz')).toBe(200)
    await pause(Math.max(0, 3000 - (Date.now() - stopped)))
  } finally {
    for (const pid of processes) signal(pid, 'SIGCONT')
  }
  await until(async () => (await statusOf('/readyz')) === 200, 15_000, '/readyz says 200')
  await ledger.send(program.url)
})

test('when PostgreSQL is killed, nobody hangs, nothing accepted is lost, and it comes back', async () => {
  const before = ledger.attempts.length
  let over = false
  const people = [1, 2, 3].map(async () => {
    while (!over) {
      await ledger.send(program.url)
      await pause(50)
    }
  })
  await pause(500)
  const killed = postmaster(data)
  process.kill(killed, 'SIGKILL')
  const health = await statusOf('/healthz')
  await until(() => program.printed().includes('PostgreSQL is back'), 30_000, 'PostgreSQL is back')
  await until(async () => (await statusOf('/readyz')) === 200, 10_000, '/readyz says 200')
  await pause(500)
  over = true
  await Promise.all(people)
  expect(health).toBe(200)
  expect(postmaster(data)).not.toBe(killed)
  for (const attempt of ledger.attempts.slice(before)) {
    expect(attempt.milliseconds).toBeLessThan(15_000)
    if (attempt.status === 201) continue
    expect([500, 503]).toContain(attempt.status)
    expect(attempt.contentType).toMatch('application/problem+json')
  }
  await nothingIsLost()
}, 180_000)

test('told to stop, it finishes what it has begun, stops PostgreSQL, and says all went well', async () => {
  if (program.child.exitCode !== null) program = await serving(data, port)
  const server = postmaster(data)
  const entries = Array.from({ length: 30 }, (_, n) => ({
    key: `stop-${n}`,
    body: ledger.entries[0]?.body ?? '',
    told: null,
  }))
  const sent = entries.map((entry) => ledger.attempt(program.url, entry))
  await Promise.race(sent)
  program.child.kill('SIGTERM')
  const answers = await Promise.all(sent)
  expect(await program.ended).toEqual({ code: 0, signal: null })
  expect(lives(server)).toBe(false)
  for (const { status } of answers) expect([0, 201, 503]).toContain(status)
  const told = answers.flatMap(({ id }) => id ?? [])
  expect(told.length).toBeGreaterThan(0)
  program = await serving(data, port)
  const kept = await ask(data, 'select id from reports')
  expect(kept.map(({ id }) => id)).toEqual(expect.arrayContaining(told))
  program.child.kill('SIGTERM')
  expect((await program.ended).code).toBe(0)
}, 120_000)
