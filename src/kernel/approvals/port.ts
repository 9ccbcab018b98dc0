import { hash } from 'node:crypto'
import type { Approval } from './statement.ts'

/** What the desk tells of whose keys may approve, and asks. Behind it stands the signer. */
export interface KeyTrust {
  /** The shell made a link for this person: the first key that comes with its secret is theirs. */
  expect(invite: {
    secret: string
    personId: string
    organisationId: string
    vouches: boolean
  }): void
  /** The shell made a token for this person: approvals by it count until then. */
  trustToken(order: { token: string; personId: string; organisationId: string; until: Date }): void
  /** A person enrolled a passkey with a link's secret; answers whether it is believed at once. */
  enrolled(secret: string, key: NewKey): Promise<boolean>
  /** A trusted administrator stands behind somebody's key; answers why not, or null. */
  vouch(key: NewKey, approval: Approval): Promise<string | null>
  /** Whether approvals by this key count. */
  knows(keyId: string): Promise<boolean>
  /** Their keys count no more. */
  revoke(personId: string): Promise<void>
}

/** A passkey as the desk keeps it. */
export interface NewKey {
  keyId: string
  personId: string
  organisationId: string
  /** COSE, base64url. */
  publicKey: string
  site: { origin: string; rpId: string }
  vouches: boolean
}

/** What a person who vouches says: this key is that person's. */
export const vouchFacts = (key: NewKey) => ({
  keyId: key.keyId,
  publicKey: hash('sha256', key.publicKey, 'base64url'),
  organisation: key.organisationId,
  vouches: key.vouches,
})
