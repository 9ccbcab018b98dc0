import { createPublicKey, verify } from 'node:crypto'

/**
 * What is wrong with an `Authorization` header of RFC 8292 for a push resource that only `key` may send to, at `origin`;
 * null if nothing is. Shares no code with what makes such headers.
 */
export function faultOfVapid(
  header: string,
  key: string,
  origin: string,
  now: Date,
): string | null {
  const [, token, named] = /^vapid t=([\w.-]{1,2000}), ?k=([\w-]{87})$/.exec(header) ?? []
  if (!token || !named) return 'no vapid header'
  if (named !== key) return 'another key'
  const [head = '', claims = '', signature = ''] = token.split('.')
  const good = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key: publicKeyOf(key), dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  if (!good) return 'a false signature'
  const { aud, exp, sub } = read(claims)
  if (read(head).alg !== 'ES256') return 'another algorithm'
  if (aud !== origin) return 'another audience'
  const seconds = Number(exp) - now.getTime() / 1000
  if (!(seconds > 0 && seconds <= 24 * 3600)) return 'expired, or good for more than a day'
  return /^(mailto:|https:)/.test(String(sub)) ? null : 'no contact'
}

const read = (part: string): Record<string, unknown> =>
  JSON.parse(Buffer.from(part, 'base64url').toString())

function publicKeyOf(key: string) {
  const point = Buffer.from(key, 'base64url')
  const part = (from: number): string => point.subarray(from, from + 32).toString('base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) }
  return createPublicKey({ key: jwk, format: 'jwk' })
}
