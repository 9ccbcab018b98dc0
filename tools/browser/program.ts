import { type ChildProcess, spawn } from 'node:child_process'
import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { createServer } from 'node:net'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('../..', import.meta.url))

/** The real program in a process of its own, with all it has printed so far. */
export interface Program {
  url: string
  output(): string
  stop(): Promise<void>
}

interface Start {
  flags?: readonly string[]
  environment?: Record<string, string>
  /** Milliseconds to be up in; a build of the pages may be among them. */
  patience?: number
}

/** Starts `porchlight COMMAND` on a free port with a throwaway data folder, and waits until it answers. */
export async function startProgram(
  command: 'serve' | 'demo',
  { flags = [], environment = {}, patience = 120_000 }: Start = {},
): Promise<Program> {
  const port = await freePort()
  const data = mkdtempSync(join(tmpdir(), 'porchlight-journey-'))
  // The database's own user must be able to pass through.
  chmodSync(data, 0o755)
  const args = ['src/main.ts', command, '--port', String(port), '--data', join(data, 'data')]
  const child = spawn(process.execPath, [...args, ...flags], {
    cwd: root,
    env: { ...process.env, ...environment },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
  let output = ''
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk) => {
      output += chunk
    })
  const url = `http://localhost:${port}`
  const stop = async (): Promise<void> => {
    await ended(child)
    rmSync(data, { recursive: true, force: true })
  }
  try {
    await answering(`${url}/readyz`, child, patience)
  } catch (error) {
    await stop()
    throw new Error(`The program did not start: ${(error as Error).message}\n${output}`)
  }
  return { url, output: () => output, stop }
}

/** A port nobody listens on; the program is told it, since its feeds name it. */
export async function freePort(): Promise<number> {
  const server = createServer()
  await new Promise<void>((resolve) => server.listen(0, resolve))
  const address = server.address()
  await new Promise<void>((resolve) => server.close(() => resolve()))
  if (typeof address !== 'object' || !address) throw new Error('no port is free')
  return address.port
}

async function answering(url: string, child: ChildProcess, patience: number): Promise<void> {
  const until = Date.now() + patience
  while (Date.now() < until) {
    if (child.exitCode !== null) throw new Error(`it ended with ${child.exitCode}`)
    const answer = await fetch(url).catch(() => null)
    if (answer?.ok) return
    await new Promise((resolve) => setTimeout(resolve, 100))
  }
  throw new Error(`no answer within ${patience / 1000} seconds`)
}

/** Asks it to stop, and waits; does not ask twice. */
async function ended(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null) return
  const exit = new Promise<void>((resolve) => child.once('exit', () => resolve()))
  child.kill('SIGTERM')
  const late = setTimeout(() => child.kill('SIGKILL'), 15_000)
  await exit
  clearTimeout(late)
}
