import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { freePort } from '../tools/browser/program.ts'
import { ownDatabase, throwaway } from './served.ts'
import type { Bench, Prepared } from './side-by-side.ts'
import { run } from './wrk.ts'

const listeners = 10_000
const eventBytes = 700
const here = join(import.meta.dirname, 'sse')

/** A program that tells its listeners, spoken to by lines. */
interface Side {
  child: ChildProcess
  lines: Interface
  port: number
}

/** What one event took, in milliseconds since its teller began. */
interface Took {
  p99: number
  last: number
}

interface Listening {
  /** Has one event told and waits until every reading listener has it. */
  tell(): Promise<Took>
  stop(): Promise<void>
}

async function side(command: string, args: (port: number) => readonly string[]): Promise<Side> {
  const port = await freePort()
  const child = spawn(command, args(port), { stdio: ['pipe', 'pipe', 'inherit'] })
  const lines = createInterface({ input: child.stdout as NodeJS.ReadableStream })
  child.on('exit', (code) => {
    if (code) throw new Error(`${command} ended with ${code}`)
  })
  for (let tries = 0; tries < 600 && !(await listens(port)); tries++) await wait(50)
  return { child, lines, port }
}

const listens = (port: number): Promise<boolean> =>
  fetch(`http://127.0.0.1:${port}/api/v1/stream`)
    .then(async (answer) => {
      await answer.body?.cancel()
      return true
    })
    .catch(() => false)

async function listen(
  { child, lines, port }: Side,
  compiled: string,
  stalled = 0,
): Promise<Listening> {
  const args = [`${port}`, '/api/v1/stream', `${listeners}`, `${stalled}`]
  const client = spawn(join(compiled, 'listeners'), args, { stdio: ['ignore', 'pipe', 'inherit'] })
  const told = createInterface({ input: client.stdout as NodeJS.ReadableStream })
  await once(told, 'line')
  // The server's own side of the last connections.
  await wait(1000)
  return {
    async tell() {
      const [began, had] = [once(lines, 'line'), once(told, 'line')]
      child.stdin?.write('go\n')
      const since = Number((await began)[0])
      const [, , p99, last] = String((await had)[0])
        .split(' ')
        .map(Number)
      return { p99: (Number(p99) - since) / 1e6, last: (Number(last) - since) / 1e6 }
    },
    async stop() {
      const [a, b] = [once(client, 'exit'), once(child, 'exit')]
      client.kill('SIGKILL')
      child.stdin?.end()
      await Promise.all([a, b])
    },
  }
}

async function compile(): Promise<string> {
  const folder = throwaway('sse')
  for (const name of ['listeners', 'floor'])
    await run('gcc', ['-O2', '-o', join(folder, name), join(here, `${name}.c`)])
  return folder
}

/** The program with its listeners, some of which never read. */
async function ours(compiled: string, stalled = 0): Promise<Listening> {
  const database = await ownDatabase()
  const data = throwaway('data')
  const program = join(here, 'ours.ts')
  const args = (port: number) => [program, `${port}`, `${eventBytes}`, database.url, data]
  const listening = await listen(await side(process.execPath, args), compiled, stalled)
  return {
    tell: listening.tell,
    async stop() {
      await listening.stop()
      await database.stop()
      rmSync(data, { recursive: true, force: true })
    },
  }
}

const peers = {
  floor: async (compiled: string) =>
    listen(await side(join(compiled, 'floor'), (port) => [`${port}`, `${eventBytes}`]), compiled),
  'res.write': async (compiled: string) =>
    listen(
      await side(process.execPath, (port) => [
        join(here, 'res-write.ts'),
        `${port}`,
        `${eventBytes}`,
      ]),
      compiled,
    ),
}

/** The middle of several events: one alone is at the mercy of the scheduler. */
async function middle(listening: Listening, figure: keyof Took, events = 9): Promise<number> {
  const took: number[] = []
  for (let n = 0; n < events; n++) {
    took.push((await listening.tell())[figure])
    await wait(150)
  }
  return took.sort((a, b) => a - b)[Math.floor(events / 2)] ?? Number.NaN
}

async function beside(name: keyof typeof peers): Promise<Prepared> {
  const compiled = await compile()
  const [mine, peer] = [await ours(compiled), await peers[name](compiled)]
  return {
    ours: () => middle(mine, 'last'),
    peer: () => middle(peer, 'last'),
    async close() {
      await mine.stop()
      await peer.stop()
      rmSync(compiled, { recursive: true })
    },
  }
}

export const benches: readonly Bench[] = [
  {
    id: 'P5',
    what: `From published to the last of ${listeners} listeners, beside a loop of write() in C`,
    unit: 'ms',
    target: { atMost: 1.5 },
    bound:
      'One write() a listener; the client that counts shares the two cores. Ours includes the database.',
    prepare: () => beside('floor'),
  },
  {
    id: 'P5 res.write',
    what: 'The same, beside Node’s response.write',
    unit: 'ms',
    target: { atMost: 0.5 },
    bound:
      'The floor: one write() a listener. What response.write adds to it is all that can be saved.',
    prepare: () => beside('res.write'),
  },
  {
    id: 'P5b',
    what: 'One in five listeners has stopped reading: 99 of 100 of the others, beside all reading',
    unit: 'ms',
    target: { atMost: 1.2 },
    bound: 'The kernel’s buffers of those who do not read, until they are let go.',
    async prepare() {
      const compiled = await compile()
      const [mine, peer] = [await ours(compiled, listeners / 5), await ours(compiled)]
      return {
        ours: () => middle(mine, 'p99'),
        peer: () => middle(peer, 'p99'),
        async close() {
          await mine.stop()
          await peer.stop()
          rmSync(compiled, { recursive: true })
        },
      }
    },
  },
]
