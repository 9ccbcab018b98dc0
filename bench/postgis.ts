import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { once } from 'node:events'
import { chownSync, existsSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { setTimeout } from 'node:timers/promises'
import pg from 'pg'

const programs = '/usr/lib/postgresql/15/bin'

/** Whether Debian's PostgreSQL 15 with PostGIS is on this machine. */
export const hasPostgis = (): boolean =>
  existsSync(join(programs, 'initdb')) &&
  existsSync('/usr/share/postgresql/15/extension/postgis.control')

export interface Postgis {
  client: pg.Client
  stop(): Promise<void>
}

/** PostgreSQL refuses to run as root: there it runs as its own user. */
const owner = (): { uid?: number; gid?: number } =>
  process.getuid?.() === 0
    ? {
        uid: Number(execFileSync('id', ['-u', 'postgres'])),
        gid: Number(execFileSync('id', ['-g', 'postgres'])),
      }
    : {}

/** A throwaway server with PostGIS, on a socket in a folder of its own; gone after `stop`. */
export async function startPostgis(): Promise<Postgis> {
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-postgis-'))
  const as = owner()
  if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid)
  const data = join(folder, 'data')
  execFileSync(join(programs, 'initdb'), ['-D', data, '-U', 'bench', '-A', 'trust'], {
    ...as,
    cwd: folder,
    stdio: 'ignore',
  })
  const server = spawn(
    join(programs, 'postgres'),
    ['-D', data, '-k', folder, '-c', 'listen_addresses=', '-c', 'shared_buffers=256MB'],
    { ...as, cwd: folder, stdio: 'ignore' },
  )
  try {
    const client = await connected(folder)
    await client.query('create extension postgis')
    return { client, stop: () => stopped(server, folder, client) }
  } catch (error) {
    await stopped(server, folder)
    throw error
  }
}

async function connected(folder: string): Promise<pg.Client> {
  for (let tries = 0; ; tries++) {
    const client = new pg.Client({ host: folder, user: 'bench', database: 'postgres' })
    try {
      await client.connect()
      return client
    } catch (error) {
      if (tries > 100) throw error
      await setTimeout(100)
    }
  }
}

async function stopped(server: ChildProcess, folder: string, client?: pg.Client): Promise<void> {
  await client?.end()
  if (server.exitCode === null) {
    const over = once(server, 'exit')
    server.kill('SIGINT')
    await over
  }
  rmSync(folder, { recursive: true, force: true })
}
