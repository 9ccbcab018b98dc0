import { execFileSync, spawn, spawnSync } from 'node:child_process'
import { randomBytes } from 'node:crypto'
import {
  chownSync,
  closeSync,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs'
import { createServer } from 'node:net'
import { join } from 'node:path'
import pg from 'pg'
import { type DatabaseUser, databaseUser, reachableFolders } from './database-user.ts'
import { watchServer } from './watch-server.ts'

/** A PostgreSQL of our own, as a child of nobody: it outlives a crash of ours and is found again. */
export interface EmbeddedPostgres {
  url: string
  /** Stops the server unless another Porchlight process is still using it. */
  stop(): Promise<void>
}

const startMilliseconds = 30_000

/**
 * Starts PostgreSQL in `dataFolder/database`, or joins the one already running there. Creates it
 * on the first start (about a second), and starts it again if it dies while we use it; `say` is told.
 * Throws an Error of one sentence that says what to do.
 */
export async function startEmbedded(
  dataFolder: string,
  say: (sentence: string) => void = () => {},
): Promise<EmbeddedPostgres> {
  const user = databaseUser(dataFolder)
  const { binaries, database } = reachableFolders(dataFolder, user)
  const password = readPassword(dataFolder)
  if (!existsSync(join(database, 'PG_VERSION'))) initialise(binaries, database, password, user)
  refuseOtherMajor(binaries, database)
  const port =
    (await runningPort(database, password)) ?? (await launch(binaries, database, password, user))
  const again = () => launch(binaries, database, password, user, port)
  const watch = watchServer(port, again, say)
  return {
    url: urlOf(port, password),
    async stop() {
      await watch.stop()
      await stopIfLast(database, urlOf(port, password), user, binaries)
    },
  }
}

/** By this name a process knows its own connections, which may outlive their closing by a moment. */
const ownName = `porchlight-${process.pid}`

const urlOf = (port: number, password: string, database = 'porchlight'): string =>
  `postgres://porchlight:${password}@127.0.0.1:${port}/${database}?application_name=${ownName}`

function readPassword(dataFolder: string): string {
  const path = join(dataFolder, 'secrets', 'database-password')
  mkdirSync(join(dataFolder, 'secrets'), { recursive: true, mode: 0o700 })
  if (!existsSync(path)) writeFileSync(path, randomBytes(24).toString('hex'), { mode: 0o600 })
  return readFileSync(path, 'utf8')
}

const asUser = (user: DatabaseUser | null): object => (user ? { uid: user.uid, gid: user.gid } : {})

function initialise(
  binaries: string,
  database: string,
  password: string,
  user: DatabaseUser | null,
): void {
  mkdirSync(database, { recursive: true, mode: 0o700 })
  const passwordFile = join(database, '..', `.initdb-${process.pid}`)
  writeFileSync(passwordFile, password, { mode: 0o600 })
  if (user) for (const path of [database, passwordFile]) chownSync(path, user.uid, user.gid)
  const made = spawnSync(
    join(binaries, 'bin', 'initdb'),
    [
      '-D',
      database,
      '-U',
      'porchlight',
      '-A',
      'scram-sha-256',
      `--pwfile=${passwordFile}`,
      '--locale=C',
      '--encoding=UTF8',
      '--data-checksums',
    ],
    { ...asUser(user), cwd: database, encoding: 'utf8' },
  )
  rmSync(passwordFile, { force: true })
  if (made.status !== 0) {
    rmSync(database, { recursive: true, force: true })
    throw new Error(
      `The database could not be created in ${database}: ${firstLine(made.stderr ?? made.error?.message)}`,
    )
  }
}

const firstLine = (text: string | undefined): string =>
  (text ?? '').trim().split('\n').at(-1) ?? 'no reason given'

function refuseOtherMajor(binaries: string, database: string): void {
  const kept = readFileSync(join(database, 'PG_VERSION'), 'utf8').trim()
  const ours = /(\d+)\./.exec(
    execFileSync(join(binaries, 'bin', 'postgres'), ['--version'], { encoding: 'utf8' }),
  )?.[1]
  if (kept !== ours)
    throw new Error(
      `The database in ${database} was made by PostgreSQL ${kept}, this release brings ${ours}. ` +
        'Run "bin/porchlight backup FILE" with the release you had, then "bin/porchlight restore FILE" with this one (docs/operating.md).',
    )
}

/** The port of a server that is alive and ours, read from its own lock file; null if there is none. */
async function runningPort(database: string, password: string): Promise<number | null> {
  const lock = join(database, 'postmaster.pid')
  if (!existsSync(lock)) return null
  const port = Number(readFileSync(lock, 'utf8').split('\n')[3])
  return port > 0 && (await answers(port, password)) ? port : null
}

async function answers(port: number, password: string): Promise<boolean> {
  const client = new pg.Client({
    connectionString: urlOf(port, password, 'postgres'),
    connectionTimeoutMillis: 2000,
  })
  client.on('error', () => {})
  try {
    await client.connect()
    const known = await client.query("select 1 from pg_database where datname = 'porchlight'")
    if (known.rowCount === 0) await client.query('create database porchlight')
    return true
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}

async function launch(
  binaries: string,
  database: string,
  password: string,
  user: DatabaseUser | null,
  wanted?: number,
): Promise<number> {
  const deadline = Date.now() + startMilliseconds
  // A retry: for some seconds after a crash, the old server's helpers still hold its memory.
  for (;;) {
    const port = wanted ?? (await freePort())
    if (await launchOnce(binaries, database, password, user, port)) return port
    const other = await runningPort(database, password)
    if (other) return other
    if (Date.now() > deadline)
      throw new Error(
        `PostgreSQL did not start; ${join(database, 'server.log')} says why: ${firstLine(tailOf(database))}`,
      )
    await new Promise((resolve) => setTimeout(resolve, 500))
  }
}

const tailOf = (database: string): string => {
  const path = join(database, 'server.log')
  return existsSync(path) ? readFileSync(path, 'utf8').slice(-2000) : ''
}

async function launchOnce(
  binaries: string,
  database: string,
  password: string,
  user: DatabaseUser | null,
  port: number,
): Promise<boolean> {
  const out = openSync(join(database, 'server.log'), 'a', 0o600)
  const settings = {
    port,
    listen_addresses: '127.0.0.1',
    unix_socket_directories: '',
    jit: 'off',
    max_connections: 100,
    log_statement: 'none',
    log_min_error_statement: 'panic',
    log_min_messages: 'fatal',
  }
  const server = spawn(
    join(binaries, 'bin', 'postgres'),
    [
      '-D',
      database,
      ...Object.entries(settings).flatMap(([key, value]) => ['-c', `${key}=${value}`]),
    ],
    { ...asUser(user), cwd: database, detached: true, stdio: ['ignore', out, out] },
  )
  closeSync(out)
  let ended = false
  server.on('exit', () => {
    ended = true
  })
  server.on('error', () => {
    ended = true
  })
  server.unref()
  for (let waited = 0; !ended && waited < startMilliseconds; waited += 50) {
    if (await answers(port, password)) return true
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  return false
}

function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer()
    probe.on('error', reject)
    probe.listen(0, '127.0.0.1', () => {
      const address = probe.address()
      probe.close(() => resolve(typeof address === 'object' && address ? address.port : 0))
    })
  })
}

async function stopIfLast(
  database: string,
  url: string,
  user: DatabaseUser | null,
  binaries: string,
): Promise<void> {
  if (await othersConnected(url)) return
  spawnSync(join(binaries, 'bin', 'pg_ctl'), ['stop', '-D', database, '-m', 'fast', '-t', '30'], {
    ...asUser(user),
    cwd: database,
    stdio: 'ignore',
  })
}

async function othersConnected(url: string): Promise<boolean> {
  const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2000 })
  client.on('error', () => {})
  try {
    await client.connect()
    const others = await client.query(
      `select 1 from pg_stat_activity where backend_type = 'client backend'
       and usename is not null and application_name <> $1 limit 1`,
      [ownName],
    )
    return (others.rowCount ?? 0) > 0
  } catch {
    return false
  } finally {
    await client.end().catch(() => {})
  }
}
