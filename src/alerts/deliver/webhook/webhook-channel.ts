import { createHmac, hash } from 'node:crypto'
import type { Clock } from '../../../kernel/clock.ts'
import { limits } from '../../../kernel/limits.ts'
import {
  isLoopbackHost,
  isPublicHost,
  type LookupAll,
  publicLookup,
} from '../../../kernel/net/public-address.ts'
import type { Batch, ChannelSender, Delivery } from '../channels.ts'
import { ask, attemptOf } from '../http-request.ts'
import { type Attempt, sendEach } from '../send-each.ts'

export interface WebhookOptions {
  clock: Clock
  /** Receivers on this machine, for tests and the demonstration. */
  loopback?: { ca: string | readonly string[] }
  /** How names are looked up; as the machine does unless told. */
  lookup?: LookupAll
}

/**
 * Posts signed alerts to addresses that others named (standardwebhooks.com): to the public internet
 * only, whatever a name leads to, never where an answer sends us; little of the answer is read.
 */
export function webhookChannel(options: WebhookOptions): ChannelSender {
  const { webhooksPerSecond: perSecond, webhooksAtOnce: atOnce } = limits
  const pace = { perSecond, atOnce, clock: options.clock, givesUp: true }
  return sendEach(pace, (delivery, batch) => post(options, delivery, batch))
}

async function post(
  { clock, loopback, lookup }: WebhookOptions,
  { endpoint, receipt }: Delivery,
  { signed, document }: Batch,
): Promise<Attempt> {
  if (endpoint.channel !== 'webhook') return 'refused'
  const url = new URL(endpoint.url)
  const here = loopback !== undefined && isLoopbackHost(url.hostname)
  if (!here && !isPublicHost(url.hostname)) return 'refused'
  const body = webhookBody(signed, document)
  // The same for each try of one message: whoever gets it twice can tell.
  const id = `msg_${hash('sha256', receipt, 'hex').slice(0, 32)}`
  const timestamp = String(Math.floor(clock.now().getTime() / 1000))
  const answer = await ask({
    url,
    headers: {
      'content-type': 'application/json',
      'webhook-id': id,
      'webhook-timestamp': timestamp,
      'webhook-signature': webhookSignature(endpoint.secret, { id, timestamp, body }),
    },
    body,
    socket: {
      lookup: publicLookup({
        allowLoopback: loopback !== undefined,
        ...(lookup ? { lookup } : {}),
      }),
      ...(loopback ? { ca: loopback.ca } : {}),
    },
  })
  if (answer?.status === 410) return 'gone'
  return answer && [401, 403].includes(answer.status) ? 'refused' : attemptOf(answer)
}

/** The exact text that was signed is in it as a text, so that whoever checks it need not write it anew. */
const webhookBody = ({ keyId, signature, alert }: Batch['signed'], document: string): string =>
  JSON.stringify({
    type: `${alert.drill ? 'drill' : 'alert'}.${alert.kind}`,
    data: { keyId, signature, document, alert },
  })

/** `v1,` and base64 of HMAC-SHA-256, under the secret, of `id.timestamp.body`. */
export function webhookSignature(
  secret: string,
  { id, timestamp, body }: { id: string; timestamp: string; body: string },
): string {
  const key = Buffer.from(secret.replace(/^whsec_/, ''), 'base64')
  return `v1,${createHmac('sha256', key).update(`${id}.${timestamp}.${body}`).digest('base64')}`
}
