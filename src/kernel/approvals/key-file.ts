import {
  createPrivateKey,
  createPublicKey,
  hash,
  hkdfSync,
  type KeyObject,
  sign as signBytes,
} from 'node:crypto'

/** A key that approves by itself: of a bearer token, of a key file, of the demonstration's people. */
export interface ApprovalKey {
  keyId: string
  /** Raw Ed25519, base64url. */
  publicKey: string
  sign(text: string): string
}

/** PKCS #8 of an Ed25519 seed is this and the seed (RFC 8410). */
const pkcs8 = Buffer.from('302e020100300506032b657004220420', 'hex')
const spki = Buffer.from('302a300506032b6570032100', 'hex')

/** The private key of a seed of 32 bytes (RFC 8032). */
export const ed25519FromSeed = (seed: Buffer): KeyObject =>
  createPrivateKey({ key: Buffer.concat([pkcs8, seed]), format: 'der', type: 'pkcs8' })

/** The public key of 32 raw bytes. */
export const ed25519Public = (raw: Buffer): KeyObject =>
  createPublicKey({ key: Buffer.concat([spki, raw]), format: 'der', type: 'spki' })

/** The 32 raw bytes of the public half, base64url. */
export const rawPublicKey = (key: KeyObject): string =>
  createPublicKey(key).export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64url')

/** A short name of a public key: it tells keys apart and says nothing of their owners. */
export const keyIdOf = (publicKey: string): string => hash('sha256', publicKey, 'hex').slice(0, 32)

/**
 * The approval key of a secret that its holder alone has (HKDF-SHA-256, RFC 5869): whoever hands in
 * a bearer token approves with it; we keep its hash and this key's public half only.
 */
export function approvalKeyOf(secret: string): ApprovalKey {
  const seed = Buffer.from(hkdfSync('sha256', secret, '', 'porchlight approval key', 32))
  const key = ed25519FromSeed(seed)
  const publicKey = rawPublicKey(key)
  return {
    keyId: keyIdOf(publicKey),
    publicKey,
    sign: (text) => signBytes(null, Buffer.from(text), key).toString('base64url'),
  }
}
