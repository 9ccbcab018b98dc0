import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { Agent, get } from 'node:https'
import { join } from 'node:path'
import { createInterface } from 'node:readline'
import { setTimeout as wait } from 'node:timers/promises'
import webPush from 'web-push'
import {
  encrypt,
  encryptPrepared,
  generateVapidKeys,
  makePushSender,
  makeVapid,
  type Prepared,
  type PushMessage,
  prepareKeys,
} from '../src/alerts/push/index.ts'
import { systemClock } from '../src/kernel/clock.ts'
import { keysOf, payload, type Subscriber, subscribers } from './push-subscribers.ts'
import type { Bench, Prepared as Sides } from './side-by-side.ts'

// One verified alert to 10,000 phones at a push service in a process of its own: TLS, its own ledger, and every other request
// to one resource in twenty answered 429, to one in a hundred by a reset.

const count = 10_000
const subject = 'mailto:ops@city.example'

interface Service {
  url: string
  ca: string
  stop(): Promise<unknown>
}

async function pushService(key: string): Promise<Service> {
  const file = join(import.meta.dirname, '..', 'src', 'demo', 'push-service', 'main.ts')
  const flags = ['--throttle', '5', '--reset', '1', '--resources', String(count), '--key', key]
  const child = spawn(process.execPath, [file, ...flags], { stdio: ['ignore', 'pipe', 'inherit'] })
  const [line] = await once(createInterface({ input: child.stdout }), 'line')
  const ended = once(child, 'exit')
  return {
    ...(JSON.parse(String(line)) as { url: string; ca: string }),
    stop() {
      child.kill('SIGTERM')
      return ended
    },
  }
}

/** Throws unless the ledger has the round's topic exactly once for each resource. */
async function noneLost({ url, ca }: Service, topic: string): Promise<void> {
  const [answer] = await once(get(`${url}/ledger`, { ca }), 'response')
  let text = ''
  for await (const chunk of answer) text += chunk
  const lines = text.split('\n').filter((line) => line.split(' ')[1] === topic)
  const different = new Set(lines.map((line) => line.split(' ')[0])).size
  if (different !== count || lines.length !== count)
    throw new Error(`of ${count} messages ${different} came, ${lines.length} times`)
}

/** Runs one round under a topic of its own; answers messages a second, from the first key to the last answer. */
async function timed(service: Service, name: string, send: (topic: string) => Promise<void>) {
  const topic = `${name}${Math.random().toString(36).slice(2, 10)}`
  const since = performance.now()
  await send(topic)
  const perSecond = (count / (performance.now() - since)) * 1000
  await noneLost(service, topic)
  return perSecond
}

type Keys = ReturnType<typeof generateVapidKeys>

/** Our side: one sender, as one process of the program has. */
function ourSide(service: Service, keys: Keys, who: readonly Subscriber[]) {
  const vapid = makeVapid({ keys, subject, clock: systemClock })
  const sender = makePushSender({ vapid, clock: systemClock, ca: service.ca, allowLoopback: true })
  const messages = function* (topic: string, body: (n: number) => Buffer): Generator<PushMessage> {
    for (let key = 0; key < count; key++) {
      const endpoint = `${service.url}/p/${key}`
      yield { key, endpoint, body: body(key), ttlSeconds: 3600, urgency: 'high', topic }
    }
  }
  const send = async (topic: string, body: (n: number) => Buffer): Promise<void> => {
    let accepted = 0
    const onOutcome = ({ outcome }: { outcome: string }): void => {
      if (outcome === 'accepted') accepted++
    }
    const deadline = new Date(Date.now() + 600_000)
    await sender.send(messages(topic, body), { deadline, onOutcome })
    if (accepted !== count) throw new Error(`${accepted} of ${count} were accepted`)
  }
  return {
    stop: () => sender.stop(),
    cold: () =>
      timed(service, 'cold', (topic) =>
        send(topic, (n) => encrypt(keysOf(who[n] as Subscriber), payload)),
      ),
    full: () => {
      const stock = who.map((one) => prepareKeys(keysOf(one), 1)[0] as Prepared)
      return timed(service, 'full', (topic) =>
        send(topic, (n) => encryptPrepared(stock[n] as Prepared, payload)),
      )
    },
  }
}

const atOnce = 100

/** web-push as its users run it: its own sending, connections kept, a hundred at once, failures tried again as ours are. */
function webPushSide(service: Service, keys: Keys, who: readonly Subscriber[]) {
  const agent = new Agent({ keepAlive: true, maxSockets: atOnce, ca: service.ca })
  const one = async (topic: string, n: number): Promise<void> => {
    const options = {
      vapidDetails: { subject, ...keys },
      TTL: 3600,
      urgency: 'high',
      topic,
      agent,
    } as const
    const to = { endpoint: `${service.url}/p/${n}`, keys: (who[n] as Subscriber).strings }
    for (let tries = 0; tries < 10; tries++) {
      const sent = await webPush.sendNotification(to, payload, options).catch(() => null)
      if (sent) return
      await wait(125 + Math.random() * 125)
    }
    throw new Error('a message of the peer failed')
  }
  return () =>
    timed(service, 'peer', async (topic) => {
      let next = 0
      const worker = async (): Promise<void> => {
        while (next < count) await one(topic, next++)
      }
      await Promise.all(Array.from({ length: atOnce }, worker))
    })
}

async function prepare(stock: 'full' | 'cold'): Promise<Sides> {
  const keys = generateVapidKeys()
  const service = await pushService(keys.publicKey)
  const who = subscribers(count)
  const side = ourSide(service, keys, who)
  return {
    ours: side[stock],
    peer: webPushSide(service, keys, who),
    async close() {
      await side.stop()
      await service.stop()
    },
  }
}

export const benches: readonly Bench[] = [
  {
    id: 'P4b',
    what: 'One alert to 10,000 phones until the last is accepted, TLS, 5 % 429 and 1 % resets, none lost; beside web-push with kept connections',
    unit: 'messages/s',
    target: { atLeast: 5 },
    bound:
      'Node’s HTTP/2 on both sides: the push service has the other core; then the wait before a failed one is tried again.',
    prepare: () => prepare('full'),
  },
  {
    id: 'P4b empty stock',
    what: 'The same with no one-time keys',
    unit: 'messages/s',
    target: { atLeast: 5 },
    bound: 'The agreement on P-256, on the thread that sends as well.',
    prepare: () => prepare('cold'),
  },
]
