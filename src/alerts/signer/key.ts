import { type KeyObject, randomBytes, sign } from 'node:crypto'
import {
  closeSync,
  constants,
  existsSync,
  mkdirSync,
  openSync,
  readFileSync,
  writeSync,
} from 'node:fs'
import { join } from 'node:path'
import { ed25519FromSeed, keyIdOf, rawPublicKey } from '../../kernel/approvals/index.ts'

const { O_WRONLY, O_CREAT, O_EXCL, O_SYNC } = constants

/** The key that alerts are signed with. Only the signer's process reads its file. */
export interface AlertKey {
  keyId: string
  /** Raw Ed25519, base64url. */
  publicKey: string
  sign(text: string | Buffer): string
}

/** Reads the key of a purpose from the signer's folder; makes it at the first start (mode 600). */
export function alertKey(folder: string, purpose: 'alert' | 'drill'): AlertKey {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const path = join(folder, `${purpose}.key`)
  if (!existsSync(path)) make(path)
  return keyOf(ed25519FromSeed(Buffer.from(readFileSync(path, 'utf8').trim(), 'hex')))
}

function make(path: string): void {
  try {
    // Written through to the disk: a key that signed and was lost could never be revoked.
    const file = openSync(path, O_WRONLY | O_CREAT | O_EXCL | O_SYNC, 0o600)
    writeSync(file, randomBytes(32).toString('hex'))
    closeSync(file)
  } catch (error) {
    // Of two signers that start at once the first one's key is the key.
    if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error
  }
}

function keyOf(key: KeyObject): AlertKey {
  const publicKey = rawPublicKey(key)
  return {
    keyId: keyIdOf(publicKey),
    publicKey,
    sign: (text) => sign(null, Buffer.from(text), key).toString('base64url'),
  }
}
