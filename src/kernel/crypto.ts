import {
  createCipheriv,
  createDecipheriv,
  createHmac,
  hash,
  hkdfSync,
  randomBytes,
  scrypt,
} from 'node:crypto'

/** SHA-256 of a text, hexadecimal. For random secrets of 128 bits or more; not for short codes. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex')

/** HMAC-SHA-256 (RFC 2104) of a text, hexadecimal. */
export const hmac = (key: Buffer, text: string): string =>
  createHmac('sha256', key).update(text).digest('hex')

/**
 * The slow hash of a short secret (RFC 7914, N = 2^14, about 45 ms), peppered with a key that is
 * not in the database: a stolen database alone cannot be searched for the secret.
 */
export const slowHash = (secret: string, pepper: Buffer): Promise<string> =>
  new Promise((resolve, reject) => {
    scrypt(secret, pepper, 32, { N: 2 ** 14, r: 8, p: 1 }, (error, key) =>
      error ? reject(error) : resolve(key.toString('hex')),
    )
  })

const keyFrom = (secret: string, purpose: string): Buffer =>
  Buffer.from(hkdfSync('sha256', secret, '', purpose, 32))

const nonceBytes = 12
let nonces = Buffer.alloc(0)

/** A random nonce of 96 bits, none given out twice; drawn by the thousand, since each draw costs a call. */
function nextNonce(): Buffer {
  if (nonces.length === 0) nonces = randomBytes(1024 * nonceBytes)
  const nonce = nonces.subarray(0, nonceBytes)
  nonces = nonces.subarray(nonceBytes)
  return nonce
}

/** AES-256-GCM: nonce, tag, ciphertext, after whatever stands `before`. `context` is bound to it and not kept. */
function encrypt(key: Buffer, context: string, bytes: Buffer, ...before: Buffer[]): Buffer {
  const nonce = nextNonce()
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  // Bound to nothing is bound to no bytes, which GCM need not be told.
  if (context !== '') cipher.setAAD(Buffer.from(context))
  const body = cipher.update(bytes)
  // GCM holds nothing back: its last part is empty, and makes the tag.
  cipher.final()
  return Buffer.concat([...before, nonce, cipher.getAuthTag(), body])
}

function decrypt(key: Buffer, context: string, sealed: Buffer): Buffer {
  const nonce = sealed.subarray(0, 12)
  const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: 16 })
  decipher.setAAD(Buffer.from(context)).setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()])
}

/** Seals a text under a random secret the caller holds. */
export const sealUnder = (secret: string, purpose: string, text: string): Buffer =>
  encrypt(keyFrom(secret, purpose), '', Buffer.from(text))

/** Opens what `sealUnder` made; throws if the secret is another or a bit was changed. */
export const openUnder = (secret: string, purpose: string, sealed: Buffer): string =>
  decrypt(keyFrom(secret, purpose), '', sealed).toString('utf8')

/** The first byte of what is sealed says how. */
const sealedByKey = 1

/** Seals bytes under a key of 32 bytes, to one context: moved to another they do not open. */
export const sealWith = (key: Buffer, context: string, bytes: Buffer): Buffer =>
  encrypt(key, context, bytes, Buffer.of(sealedByKey))

/** Opens what `sealWith` made; null if the key or the context is another or a bit was changed. */
export function openWith(key: Buffer, context: string, sealed: Buffer): Buffer | null {
  if (sealed[0] !== sealedByKey || sealed.length < 29) return null
  try {
    return decrypt(key, context, sealed.subarray(1))
  } catch {
    return null
  }
}
