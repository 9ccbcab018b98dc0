import {
  createPrivateKey,
  createPublicKey,
  generateKeyPairSync,
  type KeyObject,
  sign,
  verify,
} from 'node:crypto'
import { addHours, type Clock } from '../../kernel/clock.ts'
import { limits } from '../../kernel/limits.ts'

/** A key pair of RFC 8292, base64url: the point (65 bytes) that browsers subscribe with, and the scalar (32 bytes). */
export interface VapidKeys {
  publicKey: string
  privateKey: string
}

/** Says to push services who sends (RFC 8292). */
export interface Vapid {
  publicKey: string
  /** The `Authorization` header for one push service, named by its origin. */
  authorization(origin: string): string
}

interface VapidOptions {
  keys: VapidKeys
  /** Where a push service reaches the operator: `mailto:...` or `https://...`. */
  subject: string
  clock: Clock
}

/** A new pair, to be kept for as long as anybody is subscribed with it. */
export function generateVapidKeys(): VapidKeys {
  const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const { x, y, d } = privateKey.export({ format: 'jwk' })
  return { publicKey: pointOf(x as string, y as string), privateKey: d as string }
}

/**
 * One signed token an origin, made anew after `limits.vapidRenewHours`, or when the clock stands before it was made:
 * a clock that was a year ahead for a minute must not leave a token that nobody takes. Throws for keys that do not
 * belong together or a subject that no push service could use.
 */
export function makeVapid({ keys, subject, clock }: VapidOptions): Vapid {
  if (!/^(mailto:[^\s@]+@[^\s@]+|https:\/\/\S+)$/.test(subject))
    throw new Error('the VAPID subject must be mailto:... or https://...')
  const key = privateKeyOf(keys)
  const tokens = new Map<string, { header: string; madeAt: Date }>()
  return {
    publicKey: keys.publicKey,
    authorization(origin) {
      const now = clock.now()
      const known = tokens.get(origin)
      if (known && isFresh(known.madeAt, now)) return known.header
      if (tokens.size >= mostOrigins) tokens.clear()
      const expiresAt = addHours(now, limits.vapidHours)
      const token = signed(key, { aud: origin, exp: seconds(expiresAt), sub: subject })
      const header = `vapid t=${token}, k=${keys.publicKey}`
      tokens.set(origin, { header, madeAt: now })
      return header
    },
  }
}

/** Browsers name a handful of push services; a stranger may name thousands of hosts. */
const mostOrigins = 1000

const isFresh = (madeAt: Date, now: Date): boolean =>
  now >= madeAt && now < addHours(madeAt, limits.vapidRenewHours)

const seconds = (at: Date): number => Math.floor(at.getTime() / 1000)
const part = (value: object): string => Buffer.from(JSON.stringify(value)).toString('base64url')
const jwtHeader = part({ typ: 'JWT', alg: 'ES256' })

function signed(key: KeyObject, claims: object): string {
  const text = `${jwtHeader}.${part(claims)}`
  const signature = sign('sha256', Buffer.from(text), { key, dsaEncoding: 'ieee-p1363' })
  return `${text}.${signature.toString('base64url')}`
}

function privateKeyOf({ publicKey, privateKey }: VapidKeys): KeyObject {
  const point = Buffer.from(publicKey, 'base64url')
  const part = (from: number): string => point.subarray(from, from + 32).toString('base64url')
  const jwk = { kty: 'EC', crv: 'P-256', x: part(1), y: part(33), d: privateKey }
  const key = createPrivateKey({ key: jwk, format: 'jwk' })
  const { x, y } = createPublicKey(key).export({ format: 'jwk' })
  if (pointOf(x as string, y as string) !== publicKey || !ownPair(key))
    throw new Error('the VAPID keys do not belong together')
  return key
}

/** Whether the scalar is the one behind the point: the platform takes both as they are given. */
function ownPair(key: KeyObject): boolean {
  const text = Buffer.from('porchlight')
  return verify('sha256', text, createPublicKey(key), sign('sha256', text, key))
}

const pointOf = (x: string, y: string): string =>
  Buffer.concat([Buffer.of(4), Buffer.from(x, 'base64url'), Buffer.from(y, 'base64url')]).toString(
    'base64url',
  )
