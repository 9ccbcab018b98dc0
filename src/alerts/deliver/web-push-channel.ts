import { hash } from 'node:crypto'
import type { Clock } from '../../kernel/clock.ts'
import type { SignedAlert } from '../contract-alert.ts'
import {
  encrypt,
  encryptPrepared,
  makePushSender,
  makeVapid,
  type PushMessage,
  type PushOutcome,
  type PushSender,
  preparedOf,
  readPushKeys,
  type VapidKeys,
} from '../push/index.ts'
import type { Batch, ChannelSender, Delivery, Outcome } from './channels.ts'

export interface WebPushOptions {
  keys: VapidKeys
  /** Where a push service reaches the operator. */
  subject: string
  clock: Clock
  /** Push services on this machine, for tests and the demonstration. */
  loopback?: { ca: string | readonly string[] }
}

/**
 * What a phone is sent: signature, key, receipt, and the exact text that was signed. It says nothing
 * until the signature holds, and then says it in its person's language.
 */
export const pushText = (
  { signature, keyId }: Pick<SignedAlert, 'signature' | 'keyId'>,
  receipt: string,
  document: string,
): string => `${signature}.${keyId}.${receipt}.${document}`

/** Sends alerts to browsers (RFC 8030): one AES-GCM a message where a key was prepared. */
export function webPushChannel({ keys, subject, clock, loopback }: WebPushOptions): ChannelSender {
  const sender = makePushSender({
    vapid: makeVapid({ keys, subject, clock }),
    clock,
    ...(loopback ? { allowLoopback: true, ca: [loopback.ca].flat() } : {}),
  })
  return {
    send: (batch) => sendBatch(sender, clock, batch),
    stop: () => sender.stop(),
  }
}

async function sendBatch(sender: PushSender, clock: Clock, batch: Batch): Promise<void> {
  const { alert } = batch.signed
  // Replaces what a service still holds of this incident: a phone that was away hears the last word.
  const topic = hash('sha256', `${alert.origin} ${alert.id}`, 'base64url').slice(0, 32)
  const ttlSeconds = Math.floor((batch.deadline.getTime() - clock.now().getTime()) / 1000)
  const messages = function* (): Generator<PushMessage> {
    for (const delivery of batch.deliveries) {
      if (!batch.wanted()) void batch.onOutcome(delivery.id, 'unwanted')
      else {
        const body = bodyOf(batch, delivery)
        if (!body || delivery.endpoint.channel !== 'webpush')
          void batch.onOutcome(delivery.id, 'refused')
        else {
          const { endpoint } = delivery.endpoint
          yield { key: delivery.id, endpoint, body, ttlSeconds, urgency: 'high', topic }
        }
      }
    }
  }
  await sender.send(messages(), {
    deadline: batch.deadline,
    onOutcome: ({ key, outcome }) =>
      void batch.onOutcome(key, outcome satisfies PushOutcome['outcome'] & Outcome),
  })
}

/** Null where the keys that a browser once gave are of no use. */
function bodyOf({ signed, document }: Batch, delivery: Delivery): Buffer | null {
  const text = Buffer.from(pushText(signed, delivery.receipt, document))
  if (delivery.prepared) return encryptPrepared(preparedOf(delivery.prepared), text)
  if (delivery.endpoint.channel !== 'webpush') return null
  try {
    return encrypt(readPushKeys(delivery.endpoint), text)
  } catch {
    return null
  }
}
