import { verify as verifyBytes } from 'node:crypto'
import { verifyAuthenticationResponse } from '@simplewebauthn/server'
import { ed25519Public } from './key-file.ts'
import type { Registry, TrustedKey } from './registry.ts'
import { type Approval, challengeOf, readStatement, type Statement } from './statement.ts'

/** An approval that holds: whose it is, and what was said. */
export interface Verified {
  key: TrustedKey
  statement: Statement
}

/** Why an approval does not hold. */
export type ApprovalFault =
  | 'not-a-statement'
  | 'key-not-trusted'
  | 'another-person'
  | 'key-expired'
  | 'bad-proof'

/**
 * Checks an approval against the keys the signer believes; asks nobody else. Answers the fault and
 * throws nothing, whatever it is given.
 */
export async function verifyApproval(
  registry: Registry,
  approval: Approval,
  now: Date,
): Promise<Verified | ApprovalFault> {
  const statement = statementOf(approval.statement)
  if (!statement) return 'not-a-statement'
  const { proof } = approval
  const key = registry.key(proof.by === 'key' ? proof.keyId : proof.response.id)
  if (!key) return 'key-not-trusted'
  if (key.personId !== approval.personId || key.organisationId !== approval.organisationId)
    return 'another-person'
  if (key.until !== null && new Date(key.until) <= now) return 'key-expired'
  return (await holds(key, approval)) ? { key, statement } : 'bad-proof'
}

function statementOf(text: string): Statement | null {
  try {
    return readStatement(text)
  } catch {
    return null
  }
}

async function holds(key: TrustedKey, { statement, proof }: Approval): Promise<boolean> {
  try {
    if (proof.by === 'key') return key.type === 'ed25519' && signed(key, statement, proof.signature)
    if (key.type !== 'passkey' || !key.site) return false
    const { verified } = await verifyAuthenticationResponse({
      response: proof.response as unknown as Parameters<
        typeof verifyAuthenticationResponse
      >[0]['response'],
      expectedChallenge: challengeOf(statement),
      expectedOrigin: key.site.origin,
      expectedRPID: key.site.rpId,
      requireUserVerification: true,
      // Clones are told by the desk, which keeps the counters.
      credential: {
        id: key.keyId,
        publicKey: new Uint8Array(Buffer.from(key.publicKey, 'base64url')),
        counter: -1,
      },
    })
    return verified
  } catch {
    return false
  }
}

const signed = (key: TrustedKey, text: string, signature: string): boolean =>
  verifyBytes(
    null,
    Buffer.from(text),
    ed25519Public(Buffer.from(key.publicKey, 'base64url')),
    Buffer.from(signature, 'base64url'),
  )
