import { once } from 'node:events'
import { join } from 'node:path'
import { Worker } from 'node:worker_threads'
import ece from 'http_ece'
import webPush from 'web-push'
import {
  encrypt,
  encryptPrepared,
  generateVapidKeys,
  makeVapid,
  type Prepared,
  prepareKeys,
} from '../src/alerts/push/index.ts'
import { systemClock } from '../src/kernel/clock.ts'
import { keysOf, payload, type Subscriber, subscribers } from './push-subscribers.ts'
import type { Bench, Prepared as Sides } from './side-by-side.ts'

const subject = 'mailto:ops@city.example'
const origin = 'https://push.example'
const vapidKeys = generateVapidKeys()
const vapid = makeVapid({ keys: vapidKeys, subject, clock: systemClock })
const count = 4000

/** What there is to send for one subscriber, ours: the message and who we are. */
type Made = [message: Buffer, authorization: string]

/** Messages a second of one core; each is opened afterwards by the package that browsers' tests use. */
function ours(who: readonly Subscriber[], make: (n: number) => Buffer): number {
  const made: Made[] = []
  const since = performance.now()
  for (let n = 0; n < who.length; n++) made.push([make(n), vapid.authorization(origin)])
  const seconds = (performance.now() - since) / 1000
  for (const [n, [message]] of made.entries()) {
    const { ecdh, auth } = who[n] as Subscriber
    const plain = ece.decrypt(message, { version: 'aes128gcm', privateKey: ecdh, authSecret: auth })
    if (!plain.equals(payload)) throw new Error('a message reads otherwise')
  }
  return who.length / seconds
}

function webPushPerSecond(who: readonly Subscriber[]): number {
  const options = {
    vapidDetails: { subject, ...vapidKeys },
    TTL: 3600,
    urgency: 'high',
    topic: 'a',
  } as const
  const since = performance.now()
  for (const { strings } of who)
    webPush.generateRequestDetails({ endpoint: `${origin}/x`, keys: strings }, payload, options)
  return (who.length / (performance.now() - since)) * 1000
}

async function cold(): Promise<Sides> {
  const who = subscribers(count)
  return {
    ours: () => ours(who, (n) => encrypt(keysOf(who[n] as Subscriber), payload)),
    peer: () => webPushPerSecond(who),
  }
}

async function full(): Promise<Sides> {
  const who = subscribers(count)
  return {
    ours: () => {
      const stock = who.map((one) => prepareKeys(keysOf(one), 1)[0] as Prepared)
      return ours(who, (n) => encryptPrepared(stock[n] as Prepared, payload))
    },
    peer: () => webPushPerSecond(who),
  }
}

const milliseconds = 1000

async function twoCores(): Promise<Sides> {
  const workers = [0, 1].map(() => new Worker(join(import.meta.dirname, 'push-worker.ts')))
  const run = async (some: readonly Worker[]): Promise<number> => {
    const made = some.map(async (worker) => {
      worker.postMessage(milliseconds)
      return Number((await once(worker, 'message'))[0])
    })
    return ((await Promise.all(made)).reduce((sum, one) => sum + one, 0) / milliseconds) * 1000
  }
  return {
    ours: () => run(workers),
    peer: () => run(workers.slice(0, 1)),
    close: () => Promise.all(workers.map((worker) => worker.terminate())),
  }
}

export const benches: readonly Bench[] = [
  {
    id: 'P4',
    what: 'Push message with an empty stock: fresh key pair, 1,024 bytes, VAPID; beside web-push',
    unit: 'messages/s',
    target: { atLeast: 3 },
    bound:
      'OpenSSL: of 75 µs the agreement on P-256 takes 40 and the fresh pair 16; both sides pay them.',
    prepare: cold,
  },
  {
    id: 'P4 full stock',
    what: 'The same with one-time keys made before; beside web-push',
    unit: 'messages/s',
    target: { atLeast: 40 },
    bound: 'The objects of one AES-128-GCM in Node; the cipher itself is a quarter of it.',
    prepare: full,
  },
  {
    id: 'P4 two cores',
    what: 'Fresh keys on two threads, beside one thread',
    unit: 'messages/s',
    target: { atLeast: 1.9 },
    bound: 'The second core, where other work runs on it.',
    prepare: twoCores,
  },
]
