import { hash } from 'node:crypto'
import { canonicalJson, type Json } from '../canonical.ts'

/** What a person says by approving: this act, on this thing, of these facts, now. */
export interface Statement {
  act: string
  object: string
  facts: { readonly [key: string]: Json }
  /** ISO 8601. */
  at: string
  /** Makes two approvals of one thing two. */
  nonce: string
}

/** A statement in its one form: what is hashed, signed and compared. */
export const statementText = (statement: Statement): string =>
  canonicalJson(statement as unknown as Json)

/** Reads what `statementText` wrote. Throws on anything else. */
export function readStatement(text: string): Statement {
  const read = JSON.parse(text) as Partial<Statement>
  const whole =
    typeof read.act === 'string' &&
    typeof read.object === 'string' &&
    typeof read.at === 'string' &&
    typeof read.nonce === 'string' &&
    typeof read.facts === 'object' &&
    read.facts !== null
  if (!whole || statementText(read as Statement) !== text)
    throw new Error('This is no statement in its one form.')
  return read as Statement
}

/**
 * The challenge a passkey signs for a statement: its SHA-256, base64url. The passkey's answer is
 * thereby an approval of these facts and of no others (WebAuthn Level 3, 5.8.1 `challenge`).
 */
export const challengeOf = (text: string): string => hash('sha256', text, 'base64url')

/** What a person approved, with the proof of it. */
export interface Approval {
  personId: string
  organisationId: string
  /** `statementText`. */
  statement: string
  proof: ApprovalProof
}

export type ApprovalProof =
  /** The answer of a passkey as browsers send it (AuthenticationResponseJSON). */
  | { by: 'passkey'; response: { id: string } & Record<string, unknown> }
  /** An Ed25519 signature by a key file or a token of the shell, base64url. */
  | { by: 'key'; keyId: string; signature: string }
