import { createPublicKey, type KeyObject } from 'node:crypto'
import { Problem } from '../../kernel/problem.ts'

/** A subscriber's public key and secret (RFC 8291 section 3.1), checked. */
export interface PushKeys {
  /** The P-256 point, uncompressed: 65 bytes. */
  point: Buffer
  /** 16 bytes. */
  auth: Buffer
}

const pointBytes = 65
const authBytes = 16

/** What stands before a P-256 point in a SubjectPublicKeyInfo (RFC 5480). */
const spkiPrefix = Buffer.from('3059301306072a8648ce3d020106082a8648ce3d030107034200', 'hex')

/**
 * The keys as a browser's `PushSubscription.toJSON().keys` names them, base64url.
 * Throws `alerts/push-keys` (422) where one has a wrong length or is no point of the curve.
 */
export function readPushKeys({ p256dh, auth }: { p256dh: string; auth: string }): PushKeys {
  if (!/^[\w-]{87}=?$/.test(p256dh))
    throw unusable('The key `p256dh` is not 65 bytes of base64url.')
  if (!/^[\w-]{22}={0,2}$/.test(auth))
    throw unusable('The key `auth` is not 16 bytes of base64url.')
  const keys = storedPushKeys(Buffer.from(p256dh, 'base64url'), Buffer.from(auth, 'base64url'))
  try {
    publicKeyOf(keys)
  } catch {
    throw unusable('The key `p256dh` is not a point of P-256.')
  }
  return keys
}

/**
 * The same from the bytes that `readPushKeys` once gave. The curve is not checked here but wherever a secret
 * is agreed on: the platform refuses a point that is not on it.
 */
export function storedPushKeys(point: Buffer, auth: Buffer): PushKeys {
  if (auth.length !== authBytes) throw unusable('The key `auth` is not 16 bytes.')
  if (point.length !== pointBytes || point[0] !== 4)
    throw unusable('The key `p256dh` is not an uncompressed point of P-256.')
  return { point, auth }
}

/** The point as the platform reads it; half the price of a key object where it is used once. */
export const spkiOf = ({ point }: PushKeys): { key: Buffer; format: 'der'; type: 'spki' } => ({
  key: Buffer.concat([spkiPrefix, point]),
  format: 'der',
  type: 'spki',
})

/** The point as a key, for many uses; throws where it is not on the curve, zero and infinity included. */
export const publicKeyOf = (keys: PushKeys): KeyObject => createPublicKey(spkiOf(keys))

const unusable = (what: string): Problem =>
  new Problem('alerts/push-keys', 422, `${what} Ask the browser for a new push subscription.`)
