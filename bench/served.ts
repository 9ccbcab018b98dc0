import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { startEmbedded } from '../src/kernel/db/embedded.ts'
import { freePort } from '../tools/browser/program.ts'

const root = join(import.meta.dirname, '..')

/** A throwaway folder that the database's own user can reach. */
export function throwaway(name: string): string {
  const folder = mkdtempSync(join(tmpdir(), `porchlight-bench-${name}-`))
  chmodSync(folder, 0o755)
  return folder
}

/** An embedded PostgreSQL of its own, durable as the program's always is. */
export async function ownDatabase(): Promise<{ url: string; stop(): Promise<void> }> {
  const folder = throwaway('database')
  const server = await startEmbedded(folder)
  return {
    url: server.url,
    async stop() {
      await server.stop()
      rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** A process of ours that listens, and how to end it. */
export interface Served {
  url: string
  pid: number
  stop(): Promise<void>
}

/** Starts a file of bench/ or `src/main.ts` on a free port, on the Node that runs this, until it answers. */
export async function served(
  file: string,
  args: readonly string[],
  path = '/readyz',
): Promise<Served> {
  const port = await freePort()
  const child = spawn(process.execPath, [join(root, file), ...args, '--port', String(port)], {
    cwd: root,
    stdio: ['ignore', 'ignore', 'inherit'],
  })
  const url = `http://127.0.0.1:${port}`
  await answers(`${url}${path}`, child)
  return {
    url,
    pid: child.pid as number,
    stop: () =>
      new Promise((resolve) => {
        child.once('exit', () => resolve())
        child.kill('SIGTERM')
      }),
  }
}

async function answers(url: string, child: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 1200; tries++) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 50))
  }
  throw new Error(`${url} does not answer`)
}
