import { createECDH, randomBytes } from 'node:crypto'
import {
  encrypt,
  generateVapidKeys,
  makePushSender,
  makeVapid,
  type PushMessage,
  readPushKeys,
  type SenderOptions,
} from '../src/alerts/push/index.ts'
import type { PushOutcome, Timing } from '../src/alerts/push/job.ts'
import { openPushMessage, type Receiver } from '../src/demo/push-service/open-message.ts'
import type { Accepted } from '../src/demo/push-service/resources.ts'
import { type PushService, startPushService } from '../src/demo/push-service/service.ts'

/** Time that runs a hundred times as fast, for the program and the push services alike. */
const haste = 100
const start = Date.parse('2026-11-24T18:00:00Z')

export const hasty = () => {
  const began = performance.now()
  const timing: Timing = {
    monotonic: () => (performance.now() - began) * haste,
    after(milliseconds, run) {
      const timer = setTimeout(run, milliseconds / haste)
      return () => clearTimeout(timer)
    },
  }
  return { timing, clock: { now: () => new Date(start + timing.monotonic()) } }
}

/** A browser that subscribed at one of the services. */
export interface Browser {
  endpoint: string
  receiver: Receiver
  keys: ReturnType<typeof readPushKeys>
}

/** A sender and its push services, real and on this machine, in hasty time. */
export async function pushStage(
  services: readonly { protocols?: readonly ('h2' | 'http/1.1')[] }[] = [{}],
  more: Partial<SenderOptions> = {},
) {
  const { timing, clock } = hasty()
  const open = await Promise.all(
    services.map((options) => startPushService({ ...options, now: clock.now })),
  )
  const keys = generateVapidKeys()
  const vapid = makeVapid({ keys, subject: 'mailto:ops@city.example', clock })
  const ca = open.map((service) => service.ca)
  const sender = makePushSender({ vapid, clock, timing, ca, allowLoopback: true, ...more })
  const outcomes = new Map<number, PushOutcome[]>()
  return {
    services: open,
    service: open[0] as PushService,
    sender,
    clock,
    timing,
    outcomes,
    /** The outcomes of keys 0, 1, 2, ... as words; a word twice where a message ended twice. */
    words: () =>
      [...outcomes.entries()]
        .sort(([a], [b]) => a - b)
        .map(([, ends]) => ends.map(({ outcome }) => outcome).join('+')),
    browsers: (count: number, service = open[0] as PushService) =>
      Array.from({ length: count }, () => browserAt(service, keys.publicKey)),
    /** Sends to each browser one message, its key its place in the list; the deadline so many seconds ahead. */
    send: (browsers: readonly Browser[], seconds = 600, firstKey = 0) =>
      sender.send(messagesTo(browsers, firstKey), {
        deadline: new Date(clock.now().getTime() + seconds * 1000),
        onOutcome: (outcome) =>
          outcomes.set(outcome.key, [...(outcomes.get(outcome.key) ?? []), outcome]),
      }),
    async close() {
      await sender.stop()
      await Promise.all(open.map((service) => service.stop()))
    },
  }
}

function browserAt(service: PushService, vapidKey: string): Browser {
  const ecdh = createECDH('prime256v1')
  const [point, auth] = [ecdh.generateKeys(), randomBytes(16)]
  const keys = readPushKeys({
    p256dh: point.toString('base64url'),
    auth: auth.toString('base64url'),
  })
  const receiver = { point, auth, secret: ecdh.getPrivateKey() }
  return { endpoint: service.subscribe(vapidKey), receiver, keys }
}

export function* messagesTo(
  browsers: readonly Browser[],
  firstKey = 0,
): Generator<PushMessage, void> {
  for (const [n, { endpoint, keys }] of browsers.entries()) {
    const key = firstKey + n
    const body = encrypt(keys, Buffer.from(`message ${key}`))
    yield { key, endpoint, body, ttlSeconds: 3600, urgency: 'high', topic: `t${key}` }
  }
}

/** What a browser reads in everything the ledger says was taken for it. */
export const readBy = (
  { endpoint, receiver }: Browser,
  ledger: readonly Accepted[],
): Promise<string[]> =>
  Promise.all(
    ledger
      .filter(({ path }) => path === new URL(endpoint).pathname)
      .map(async ({ body }) => (await openPushMessage(receiver, body)).toString()),
  )
