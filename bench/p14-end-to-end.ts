import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { type ClientHttp2Session, connect } from 'node:http2'
import { join } from 'node:path'
import { createInterface, type Interface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import { encrypt, makeVapid } from '../src/alerts/push/index.ts'
import { vapidKeysOf } from '../src/channels.ts'
import { systemClock } from '../src/kernel/clock.ts'
import { freePort } from '../tools/browser/program.ts'
import { keysOf, payload, subscribers } from './push-subscribers.ts'
import { ownDatabase, throwaway } from './served.ts'
import type { Bench, Prepared } from './side-by-side.ts'
import { run } from './wrk.ts'

// From the second approval to the last of 5,000 listeners and 5,000 phones. The peer is what cannot be
// saved, measured in the same run: a loop of write() in C to as many listeners, and then as many
// ready-made messages over one HTTP/2 connection to the same push service. Neither knows a database, a
// signature, a place or a subscriber.

const each = 5000
/** A signed alert as the stream tells it. */
const eventBytes = 900
const atOnce = 200
const here = import.meta.dirname

/** A program spoken to by lines. */
interface Side {
  child: ChildProcess
  lines: Interface
}

function start(command: string, args: readonly string[]): Side {
  const child = spawn(command, args, { stdio: ['pipe', 'pipe', 'inherit'] })
  child.on('exit', (code) => {
    if (code) throw new Error(`${command} ended with ${code}`)
  })
  return { child, lines: createInterface({ input: child.stdout as NodeJS.ReadableStream }) }
}

const line = async ({ lines }: Side): Promise<string> => String((await once(lines, 'line'))[0])

async function stop({ child }: Side): Promise<void> {
  const over = once(child, 'exit')
  child.kill('SIGKILL')
  await over
}

async function answers(port: number): Promise<void> {
  for (let tries = 0; tries < 2400; tries++) {
    const answer = await fetch(`http://127.0.0.1:${port}/api/v1/stream`).catch(() => null)
    await answer?.body?.cancel()
    if (answer) return
    await wait(50)
  }
  throw new Error('a teller does not answer')
}

/** So many listeners to a stream, each counting what it hears; a listener that misses one holds up the line. */
async function listen(compiled: string, name: string, port: number): Promise<Side> {
  await answers(port)
  const listeners = start(join(compiled, name), [`${port}`, '/api/v1/stream', `${each}`, '0'])
  await line(listeners)
  await wait(1000)
  return listeners
}

/** When the last listener had it; throws where one heard it twice: its next would be counted too early. */
async function lastHeard(listeners: Side, round: number): Promise<number> {
  const [event, , , last] = (await line(listeners)).split(' ').map(Number)
  if (event !== round) throw new Error(`event ${event} was heard in round ${round}`)
  return Number(last)
}

/** When the last phone had it; throws where one had none or two. */
async function lastPushed(receivers: Side): Promise<number> {
  const [at, missed, doubled] = (await line(receivers)).split(' ').map(Number)
  if (missed || doubled) throw new Error(`${missed} phones were missed, ${doubled} told twice`)
  return Number(at)
}

async function compile(): Promise<string> {
  const folder = throwaway('end')
  const gcc = (out: string, source: string, ...more: string[]) =>
    run('gcc', ['-O2', ...more, '-o', join(folder, out), join(here, 'sse', source)])
  await gcc('listeners', 'listeners.c')
  await gcc('alert-listeners', 'listeners.c', '-DWORD="event: alert"')
  await gcc('floor', 'floor.c')
  return folder
}

type Service = { url: string; ca: string }

async function ours(compiled: string, receivers: Side, service: Service, data: string) {
  const database = await ownDatabase()
  const [port, ca] = [await freePort(), join(data, 'ca.pem')]
  writeFileSync(ca, service.ca)
  const program = join(here, 'end', 'ours.ts')
  const args = [program, `${port}`, database.url, data, service.url, ca, `${each}`]
  const teller = start(process.execPath, args)
  const listeners = await listen(compiled, 'alert-listeners', port)
  let round = 0
  return {
    async measure(): Promise<number> {
      const ready = line(teller)
      teller.child.stdin?.write('prepare\n')
      await ready
      await wait(500)
      const told = [lastHeard(listeners, round++), lastPushed(receivers)]
      const began = line(teller)
      teller.child.stdin?.write('go\n')
      const since = Number(await began)
      return (Math.max(...(await Promise.all(told))) - since) / 1e6
    },
    async close() {
      await stop(listeners)
      await stop(teller)
      await database.stop()
    },
  }
}

/** Sends ready-made messages, `atOnce` under way, until each was taken. */
async function sendAll(session: ClientHttp2Session, headers: object, body: Buffer): Promise<void> {
  let next = 0
  const one = async (path: string): Promise<void> => {
    const stream = session.request({ ...headers, ':method': 'POST', ':path': path })
    stream.end(body)
    const [answer] = (await once(stream, 'response')) as [Record<string, number>]
    stream.resume()
    if (answer[':status'] !== 201) throw new Error(`the floor was answered ${answer[':status']}`)
  }
  const worker = async (): Promise<void> => {
    while (next < each) await one(`/p/${next++}`)
  }
  await Promise.all(Array.from({ length: atOnce }, worker))
}

async function floor(compiled: string, receivers: Side, service: Service, data: string) {
  const port = await freePort()
  const teller = start(join(compiled, 'floor'), [`${port}`, `${eventBytes}`])
  const listeners = await listen(compiled, 'listeners', port)
  const subject = 'mailto:ops@city.example'
  const vapid = makeVapid({ keys: vapidKeysOf({ data }), subject, clock: systemClock })
  const [who] = subscribers(1)
  const body = encrypt(keysOf(who as NonNullable<typeof who>), payload)
  const headers = {
    ...{ ttl: '3600', urgency: 'high', 'content-encoding': 'aes128gcm' },
    authorization: vapid.authorization(service.url),
  }
  const session = connect(service.url, { ca: service.ca })
  let round = 0
  return {
    async measure(): Promise<number> {
      const heard = lastHeard(listeners, round++)
      const began = line(teller)
      teller.child.stdin?.write('go\n')
      const told = (await heard) - Number(await began)
      const pushed = lastPushed(receivers)
      const since = Number(process.hrtime.bigint())
      await sendAll(session, { ...headers, topic: `floor${round}` }, body)
      return (told + (await pushed) - since) / 1e6
    },
    async close() {
      session.destroy()
      await stop(listeners)
      await stop(teller)
    },
  }
}

async function prepare(): Promise<Prepared> {
  const [compiled, data] = [await compile(), throwaway('data')]
  mkdirSync(join(data, 'secrets'), { mode: 0o700 })
  const key = vapidKeysOf({ data }).publicKey
  const receivers = start(process.execPath, [join(here, 'end', 'receivers.ts'), `${each}`, key])
  const service = JSON.parse(await line(receivers)) as Service
  const mine = await ours(compiled, receivers, service, data)
  const peer = await floor(compiled, receivers, service, data)
  return {
    ours: mine.measure,
    peer: peer.measure,
    async close() {
      await mine.close()
      await peer.close()
      await stop(receivers)
      for (const folder of [compiled, data]) rmSync(folder, { recursive: true, force: true })
    },
  }
}

export const benches: readonly Bench[] = [
  {
    id: 'P14',
    what: `Second approval to the last of ${each} listeners and ${each} phones, none missed or told twice; beside the sum of what writing to both costs`,
    unit: 'ms',
    target: { atMost: 2 },
    bound:
      'Node’s HTTP/2 to the push service, which has the other core with the database and the listeners; before it some transactions and five jobs, one after the other.',
    prepare,
  },
]
