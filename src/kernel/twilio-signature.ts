import { createHmac, timingSafeEqual } from 'node:crypto'

/** Whether two texts are the same, in the same time wherever they differ. */
export function same(a: string, b: string): boolean {
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
