import { readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as wait } from 'node:timers/promises'
import pg from 'pg'
import { migrateDatabase } from '../src/commands/session.ts'
import { ownDatabase, type Served, served, throwaway } from './served.ts'
import type { Bench, Prepared } from './side-by-side.ts'
import { run, wrk } from './wrk.ts'

const root = join(import.meta.dirname, '..')
const trueReports = 100
const pauseMilliseconds = 60
/** Memory of the program may not grow by more than this from the first flood to any later one, in MB. */
const mostGrowth = 1000

const report = (n: number): string =>
  JSON.stringify({
    activity: 'arrest',
    place: { lat: 40.64 + (n % 97) / 5000, lon: -73.97 + (n % 89) / 5000 },
    observedAt: new Date().toISOString(),
    firstHand: true,
    description: `Someone was taken from the corner, call ${n}`,
  })

/** Milliseconds within which 99 of 100 reports of the hotline were accepted, sent some 16 a second. */
async function trueP99(url: string, token: string): Promise<number> {
  const took: number[] = []
  const headers = { 'content-type': 'application/json', authorization: `Bearer ${token}` }
  for (let n = 0; n < trueReports; n++) {
    const since = performance.now()
    const answer = await fetch(`${url}/api/v1/desk/reports`, {
      method: 'POST',
      headers,
      body: report(n),
    })
    await answer.arrayBuffer()
    took.push(performance.now() - since)
    if (answer.status !== 201) throw new Error(`a true report was answered ${answer.status}`)
    await wait(pauseMilliseconds)
  }
  return took.sort((a, b) => a - b)[Math.floor(trueReports * 0.99) - 1] ?? Number.NaN
}

/** Reads the public page all the while; answers how often it failed. */
async function readers(url: string, on: { more: boolean }): Promise<number> {
  let failed = 0
  while (on.more) {
    const answer = await fetch(`${url}/en/live`).catch(() => null)
    if (answer?.status !== 200) failed++
    await answer?.arrayBuffer()
    await wait(250)
  }
  return failed
}

const megabytes = (pid: number): number =>
  Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024

/** A hundred times as much junk, by strangers who give no effort, while the hotline reports. */
async function flooded({ url, pid }: Served, token: string, memory: number[]): Promise<number> {
  const on = { more: true }
  const reading = readers(url, on)
  const script = join(root, 'bench', 'junk.lua')
  const seconds = Math.ceil((trueReports * (pauseMilliseconds + 25)) / 1000) + 1
  const junk = wrk({ url: `${url}/api/v1/reports`, script, seconds })
  await wait(500)
  const p99 = await trueP99(url, token)
  const { perSecond, failed } = await junk
  on.more = false
  const pages = await reading
  memory.push(megabytes(pid))
  const growth = (memory.at(-1) ?? 0) - (memory[0] ?? 0)
  if (failed + pages > 0) throw new Error(`${failed} reports and ${pages} pages failed`)
  if (growth > mostGrowth) throw new Error(`memory grew by ${Math.round(growth)} MB`)
  console.log(
    `    flood of ${Math.round(perSecond)}/s, memory ${Math.round(memory.at(-1) ?? 0)} MB`,
  )
  return p99
}

async function prepare(): Promise<Prepared> {
  const server = await ownDatabase()
  const data = throwaway('data')
  const flags = ['--data', data, '--city', 'nyc', '--database-url', server.url]
  await migrateDatabase(server.url)
  const program = await served('src/main.ts', ['serve', ...flags])
  const who = ['--role', 'operator', '--organisation', 'Bench', '--person', 'Bench']
  const token = (
    await run(process.execPath, [join(root, 'src/main.ts'), 'token', ...who, ...flags])
  )
    .trim()
    .split(/\s+/)
    .at(-1) as string
  const memory: number[] = []
  const empty = async (): Promise<void> => {
    const client = new pg.Client({ connectionString: server.url })
    await client.connect()
    await client.query('truncate reports, incidents, events cascade')
    await client.end()
  }
  return {
    async ours() {
      await empty()
      return flooded(program, token, memory)
    },
    async peer() {
      await empty()
      return trueP99(program.url, token)
    },
    async close() {
      await program.stop()
      await server.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

export const benches: readonly Bench[] = [
  {
    id: 'P11',
    what: 'A true report accepted (99 of 100) in a flood of a thousand strange ones a second, beside the same with no flood',
    unit: 'ms',
    target: { atMost: 2 },
    bound:
      'The commit under way when it comes, and the linking of what came before on the same thread.',
    prepare,
  },
]
