import {
  createCipheriv,
  diffieHellman,
  generateKeyPairSync,
  hash,
  type KeyObject,
  randomBytes,
} from 'node:crypto'
import { limits } from '../../kernel/limits.ts'
import { type PushKeys, publicKeyOf, spkiOf } from './push-keys.ts'

// Messages for Web Push (RFC 8291 over RFC 8188): one record, all of one length. Our own because speed is the
// point: beside the package `web-push` see bench/p4-push.ts and docs/adr/0014.

const saltBytes = 16
const pointBytes = 65
const pointAt = saltBytes + 5
const headerBytes = pointAt + pointBytes
const keyBytes = 16
const nonceBytes = 12
const tagBytes = 16
/** As every sender gives it; ours are far shorter. */
const recordSize = 4096

/** Bytes of a one-time key as it is stored: the message's header, its key, its nonce. */
export const preparedBytes = headerBytes + keyBytes + nonceBytes
/** Bytes of every message: header, text filled up, the byte that ends it, tag. */
export const messageBytes = headerBytes + limits.pushPlainBytes + 1 + tagBytes

declare const oneTime: unique symbol
/** A one-time key: `preparedBytes` bytes, zero once it was used. Whoever stores it seals it, and takes it out as it is used. */
export type Prepared = Buffer & { readonly [oneTime]: true }

/** A stored one-time key again. The caller promises that it was removed from where it was stored. */
export function preparedOf(bytes: Buffer): Prepared {
  if (bytes.length !== preparedBytes || bytes.readUInt32BE(saltBytes) !== recordSize)
    throw new Error('this is not a one-time key for a push message')
  return bytes as Prepared
}

/**
 * The message for one subscriber, `messageBytes` long, under a key pair made for it alone.
 * Throws where the text is longer than `limits.pushPlainBytes`.
 */
export function encrypt(keys: PushKeys, plain: Uint8Array): Buffer {
  const prepared = Buffer.allocUnsafeSlow(preparedBytes)
  prepare(keys, spkiOf(keys), prepared)
  return encryptPrepared(prepared as Prepared, plain)
}

/** So many one-time keys for one subscriber: all of the slow part, done while there is time. */
export function prepareKeys(keys: PushKeys, count: number): Prepared[] {
  const bytes = Buffer.allocUnsafeSlow(count * preparedBytes)
  const theirs = publicKeyOf(keys)
  return Array.from({ length: count }, (_, n) => {
    const prepared = bytes.subarray(n * preparedBytes, (n + 1) * preparedBytes)
    prepare(keys, theirs, prepared)
    return prepared as Prepared
  })
}

/** The text with the byte that ends it and zeros; the next call writes over it. */
const filled = Buffer.alloc(limits.pushPlainBytes + 1)

/**
 * The message under a one-time key, for the price of one AES-128-GCM. The key is zero afterwards, and
 * throws if it comes again: a key and nonce used twice would give both texts away.
 * Throws, with the key unused, where the text is longer than `limits.pushPlainBytes`.
 */
export function encryptPrepared(prepared: Prepared, plain: Uint8Array): Buffer {
  if (plain.length > limits.pushPlainBytes)
    throw new Error(`a push message holds ${limits.pushPlainBytes} bytes, this one ${plain.length}`)
  filled.set(plain)
  filled[plain.length] = 2
  filled.fill(0, plain.length + 1)
  return encryptRecord(prepared, filled)
}

/** The message whose record is exactly `record`, its end and padding included (RFC 8188 section 2). */
export function encryptRecord(prepared: Prepared, record: Uint8Array): Buffer {
  if (prepared.length !== preparedBytes || prepared[pointAt] !== 4)
    throw new Error('this one-time key was used')
  const cipher = createCipheriv(
    'aes-128-gcm',
    prepared.subarray(headerBytes, headerBytes + keyBytes),
    prepared.subarray(headerBytes + keyBytes, preparedBytes),
  )
  const message = Buffer.allocUnsafe(headerBytes + record.length + tagBytes)
  message.set(prepared.subarray(0, headerBytes))
  prepared.fill(0)
  message.set(cipher.update(record), headerBytes)
  cipher.final()
  message.set(cipher.getAuthTag(), headerBytes + record.length)
  return message
}

/** A fresh pair and salt, and what RFC 8291 section 3.4 derives from them, written to `into`. */
function prepare(
  keys: PushKeys,
  theirs: KeyObject | ReturnType<typeof spkiOf>,
  into: Buffer,
): void {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'prime256v1' })
  const secret = diffieHellman({ privateKey, publicKey: theirs })
  into.set(nextSalt(), 0)
  const { x, y } = publicKey.export({ format: 'jwk' })
  into[pointAt] = 4
  into.write(x as string, pointAt + 1, 'base64url')
  into.write(y as string, pointAt + 33, 'base64url')
  derive(keys, secret, into)
}

let salts = Buffer.alloc(0)

/** A salt none was given before; drawn by the thousand, since each draw costs a call. */
function nextSalt(): Buffer {
  if (salts.length === 0) salts = randomBytes(1024 * saltBytes)
  const salt = salts.subarray(0, saltBytes)
  salts = salts.subarray(saltBytes)
  return salt
}

const infoStart = Buffer.from('WebPush: info\0')
/** Filled anew by each message: our text, the subscriber's point, ours, and HKDF's counter. */
const info = Buffer.concat([infoStart, Buffer.alloc(2 * pointBytes), Buffer.of(1)])
const keyInfo = Buffer.from('Content-Encoding: aes128gcm\0\x01')
const nonceInfo = Buffer.from('Content-Encoding: nonce\0\x01')

/** Completes a one-time key whose salt and point stand already, from the shared secret. */
export function derive(keys: PushKeys, secret: Uint8Array, into: Buffer): void {
  into.writeUInt32BE(recordSize, saltBytes)
  into[saltBytes + 4] = pointBytes
  info.set(keys.point, infoStart.length)
  info.set(into.subarray(pointAt, headerBytes), infoStart.length + pointBytes)
  const ikm = hmac(hmac(keys.auth, secret), info)
  const prk = hmac(into.subarray(0, saltBytes), ikm)
  into.set(hmac(prk, keyInfo).subarray(0, keyBytes), headerBytes)
  into.set(hmac(prk, nonceInfo).subarray(0, nonceBytes), headerBytes + keyBytes)
}

const blockBytes = 64
const inner = Buffer.alloc(blockBytes + info.length)
const outer = Buffer.alloc(blockBytes + 32)

/**
 * HMAC-SHA-256 (RFC 2104) of a key of at most 64 bytes, by two one-shot hashes: half the price of Node's
 * `hkdfSync` and `createHmac`, which pay for an object each time (measured; stack.md section 8).
 */
function hmac(key: Uint8Array, data: Uint8Array): Buffer {
  inner.fill(0x36, 0, blockBytes)
  outer.fill(0x5c, 0, blockBytes)
  for (let n = 0; n < key.length; n++) {
    inner[n] = (key[n] as number) ^ 0x36
    outer[n] = (key[n] as number) ^ 0x5c
  }
  inner.set(data, blockBytes)
  outer.set(hash('sha256', inner.subarray(0, blockBytes + data.length), 'buffer'), blockBytes)
  return hash('sha256', outer, 'buffer')
}
