import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whether two texts are the same, in the same time wherever they differ. */
function same(a: string, b: string): boolean {
  const [left, right] = [Buffer.from(a), Buffer.from(b)]
  return left.length === right.length && timingSafeEqual(left, right)
}

/**
 * Whether Twilio signed this form: base64 of HMAC-SHA-1, under the account's token, of the address as
 * Twilio called it and every parameter's name and value in the order of the names
 * (twilio.com/docs/usage/security#validating-requests).
 */
export function isTwilios(
  token: string,
  request: { url: string; form: URLSearchParams; signature: string },
): boolean {
  const fields = [...request.form].sort(([a], [b]) => (a < b ? -1 : a > b ? 1 : 0))
  const signed = request.url + fields.map(([name, value]) => name + value).join('')
  return same(createHmac('sha1', token).update(signed).digest('base64'), request.signature)
}

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
