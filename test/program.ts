import { type ChildProcess, spawn } from 'node:child_process'
import { readdirSync, readFileSync } from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { root } from '../src/commands/session.ts'

/** The real program as a child, on a data folder and a port of its own. */
export interface Program {
  child: ChildProcess
  url: string
  /** Everything it has printed so far. */
  printed(): string
  ended: Promise<{ code: number | null; signal: string | null }>
}

const environment = (): NodeJS.ProcessEnv => {
  const { DATABASE_URL: _database, NODE_ENV: _env, NODE_OPTIONS: _options, ...rest } = process.env
  return rest
}

/** Runs `bin/porchlight` with these words. */
export function porchlight(...words: string[]): Omit<Program, 'url'> {
  const child = spawn(join(root, 'bin', 'porchlight'), words, {
    env: environment(),
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let text = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      text += chunk
    })
  const ended = new Promise<{ code: number | null; signal: string | null }>((resolve) =>
    child.on('close', (code, signal) => resolve({ code, signal })),
  )
  return { child, printed: () => text, ended }
}

/** Starts `porchlight serve` and waits until it says where it serves. */
export async function serving(data: string, port: number): Promise<Program> {
  const program = porchlight(
    'serve',
    '--data',
    data,
    '--port',
    String(port),
    '--city',
    'lanternport',
  )
  let over = false
  void program.ended.then(() => {
    over = true
  })
  await until(() => over || program.printed().includes(' serves '), 180_000, 'the program serves')
  if (over) throw new Error(`the program ended:\n${program.printed()}`)
  return { ...program, url: `http://127.0.0.1:${port}` }
}

/** Waits until something is so; throws with its name if it is not in time. */
export async function until(
  so: () => boolean | Promise<boolean>,
  milliseconds: number,
  name: string,
): Promise<void> {
  const end = Date.now() + milliseconds
  while (!(await so())) {
    if (Date.now() > end) throw new Error(`waited ${milliseconds} ms in vain: ${name}`)
    await pause(50)
  }
}

export const pause = (milliseconds: number): Promise<void> =>
  new Promise((resolve) => setTimeout(resolve, milliseconds))

/** A port that nobody listens at. */
export const freePort = (): Promise<number> =>
  new Promise((resolve) => {
    const probe = createServer()
    probe.listen(0, () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })

const lockLines = (data: string): string[] =>
  readFileSync(join(data, 'database', 'postmaster.pid'), 'utf8').split('\n')

/** The process id of the PostgreSQL of a data folder. */
export const postmaster = (data: string): number => Number(lockLines(data)[0])

/** The postmaster and every process it has made. */
export function databaseProcesses(data: string): number[] {
  const main = postmaster(data)
  const children = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name) && parentOf(name) === main)
    .map(Number)
  return [main, ...children]
}

function parentOf(pid: string): number {
  try {
    return Number(readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.split(' ')[1])
  } catch {
    return 0
  }
}

/** Whether a process lives; one that waits to be buried does not. */
export function lives(pid: number): boolean {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]?.[0] !== 'Z'
  } catch {
    return false
  }
}

/** Asks the database of a data folder, past the program. */
export async function ask(data: string, query: string): Promise<Record<string, unknown>[]> {
  const password = readFileSync(join(data, 'secrets', 'database-password'), 'utf8')
  const port = lockLines(data)[3]
  const client = new pg.Client({
    connectionString: `postgres://porchlight:${password}@127.0.0.1:${port}/porchlight`,
  })
  client.on('error', () => {})
  await client.connect()
  try {
    return (await client.query(query)).rows
  } finally {
    await client.end()
  }
}
