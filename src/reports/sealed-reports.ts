import { Decrypter, identityToRecipient } from 'age-encryption'
import { limits } from '../kernel/limits.ts'
import { Problem } from '../kernel/problem.ts'

/**
 * Reports that waited on a phone (reliability.md F40), sealed to this deployment as age files
 * (C2SP age v1, X25519): whoever takes the phone cannot read them, its owner neither.
 */
export interface SealedReports {
  /** To whom phones seal: `age1...`. Public. */
  recipient(): Promise<string>
  /** What was sealed. Throws 413 `reports/sealed-too-large`, 422 `reports/sealed-unreadable`. */
  open(sealed: Uint8Array): Promise<string>
}

/** How PKCS #8 says "an X25519 private key follows" (RFC 8410). */
const privateKeyPrefix = Buffer.from('302e020100300506032b656e04220420', 'hex')

/** Opens with a key of 32 bytes, which never leaves the process. */
export function makeSealedReports(key: Buffer): SealedReports {
  const identity = crypto.subtle.importKey(
    'pkcs8',
    Buffer.concat([privateKeyPrefix, key]),
    { name: 'X25519' },
    false,
    ['deriveBits'],
  )
  const recipient = identity.then(identityToRecipient)
  return {
    recipient: () => recipient,
    async open(sealed) {
      if (sealed.length > limits.sealedReportBytes)
        throw new Problem(
          'reports/sealed-too-large',
          413,
          `A sealed report has at most ${limits.sealedReportBytes} bytes.`,
        )
      const decrypter = new Decrypter()
      decrypter.addIdentity(await identity)
      try {
        return await decrypter.decrypt(sealed, 'text')
      } catch {
        throw new Problem(
          'reports/sealed-unreadable',
          422,
          'This is no age file, or it was sealed to somebody else.',
        )
      }
    },
  }
}
