import { readdirSync, readFileSync, rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { migrateDatabase } from '../src/commands/session.ts'
import { ownDatabase, served, throwaway } from './served.ts'
import type { Bench, Prepared } from './side-by-side.ts'
import { run, wrk } from './wrk.ts'

const seconds = 6
const clients = 32

interface Figures {
  perSecond: number
  p99: number
}

/** The same rows by pgbench (Debian's), on the same server: three inserts and a commit. */
async function pgbench(url: string): Promise<Figures> {
  const logs = throwaway('pgbench')
  const script = join(import.meta.dirname, 'report.pgbench.sql')
  const flags = ['-n', '-M', 'prepared', '-c', `${clients}`, '-j', '2', '-T', `${seconds}`]
  const log = ['-l', '--log-prefix', join(logs, 'log')]
  const text = await run('pgbench', [...flags, ...log, '-f', script, url])
  const milliseconds = readdirSync(logs)
    .flatMap((name) => readFileSync(join(logs, name), 'utf8').trim().split('\n'))
    .map((line) => Number(line.split(' ')[2]) / 1000)
    .sort((a, b) => a - b)
  rmSync(logs, { recursive: true })
  return {
    perSecond: Number(/tps = ([\d.]+)/.exec(text)?.[1]),
    p99: milliseconds[Math.floor(milliseconds.length * 0.99)] ?? Number.NaN,
  }
}

/** Both sides on one server, each with a database of its own, emptied before each round. */
async function prepare(figure: keyof Figures): Promise<Prepared> {
  const server = await ownDatabase()
  const admin = new pg.Client({ connectionString: server.url })
  await admin.connect()
  const urls = await Promise.all(
    ['ours', 'peer'].map(async (name) => {
      await admin.query(`create database ${name}`)
      const url = new URL(server.url)
      url.pathname = `/${name}`
      await migrateDatabase(url.href)
      return url.href
    }),
  )
  const [ours = '', peer = ''] = urls
  const data = throwaway('data')
  const flags = ['serve', '--no-jobs', '--data', data, '--city', 'nyc', '--database-url', ours]
  const program = await served('src/main.ts', flags)
  const script = join(import.meta.dirname, 'report.lua')
  return {
    async ours() {
      await empty(ours)
      const load = await wrk({ url: `${program.url}/api/v1/reports`, script, seconds })
      if (load.failed > 0) throw new Error(`${load.failed} reports were refused`)
      return load[figure]
    },
    async peer() {
      await empty(peer)
      return (await pgbench(peer))[figure]
    },
    async close() {
      await program.stop()
      await admin.end()
      await server.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

async function empty(url: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query('truncate reports, events, idempotency_answers cascade')
  await client.query('checkpoint')
  await client.end()
}

export const benches: readonly Bench[] = [
  {
    id: 'P1',
    what: 'Reports accepted durably (report, event, key, sealed words; fsync on), 32 at once, beside pgbench writing the same rows',
    unit: 'reports/s',
    target: { atLeast: 0.8 },
    bound:
      'One Node thread, some 95 us a report: its HTTP, screening, two seals, the place. The disk waits for us, since many reports share a commit.',
    prepare: () => prepare('perSecond'),
  },
  {
    id: 'P1 p99',
    what: 'The same, 99 of 100 answered within',
    unit: 'ms',
    target: { atMost: 3 },
    bound: 'The wait for the commit before, and then for one’s own.',
    prepare: () => prepare('p99'),
  },
]
