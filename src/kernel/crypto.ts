import { createCipheriv, createDecipheriv, hash, hkdfSync, randomBytes, scrypt } from 'node:crypto'

/** SHA-256 of a text, hexadecimal. For random secrets of 128 bits or more; not for short codes. */
export const sha256 = (text: string): string => hash('sha256', text, 'hex')

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

/** Seals a text under a random secret the caller holds (AES-256-GCM; nonce, tag, ciphertext). */
export function sealUnder(secret: string, purpose: string, text: string): Buffer {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', keyFrom(secret, purpose), nonce)
  const body = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()])
  return Buffer.concat([nonce, cipher.getAuthTag(), body])
}

/** Opens what `sealUnder` made; throws if the secret is another or a bit was changed. */
export function openUnder(secret: string, purpose: string, sealed: Buffer): string {
  const decipher = createDecipheriv(
    'aes-256-gcm',
    keyFrom(secret, purpose),
    sealed.subarray(0, 12),
    { authTagLength: 16 },
  )
  decipher.setAuthTag(sealed.subarray(12, 28))
  return Buffer.concat([decipher.update(sealed.subarray(28)), decipher.final()]).toString('utf8')
}
