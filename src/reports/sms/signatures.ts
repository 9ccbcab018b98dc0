import { createHmac } from 'node:crypto'
import { same } from '../../kernel/twilio-signature.ts'

/** Minutes that a generic webhook's time may differ from ours. */
const windowMinutes = 5

export interface SignedRequest {
  /** Seconds since 1970, as the header says. */
  timestamp: string
  nonce: string
  /** `sha256=` and hexadecimal. */
  signature: string
  body: string
}

/** What a sender of generic webhooks signs: HMAC-SHA-256 of `timestamp.nonce.body`. */
export const genericSignature = (
  key: string,
  { timestamp, nonce, body }: Omit<SignedRequest, 'signature'>,
): string =>
  `sha256=${createHmac('sha256', key).update(`${timestamp}.${nonce}.${body}`).digest('hex')}`

/** Whether a holder of the key signed this body within the last five minutes. */
export function isFresh(key: string, request: SignedRequest, now: Date): boolean {
  const at = Number(request.timestamp) * 1000
  const near = Math.abs(now.getTime() - at) <= windowMinutes * 60_000
  const shaped = /^\d{9,12}$/.test(request.timestamp) && /^[\w-]{8,64}$/.test(request.nonce)
  return same(genericSignature(key, request), request.signature) && shaped && near
}
