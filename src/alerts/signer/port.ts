import type { Approval, NewKey } from '../../kernel/approvals/index.ts'
import type { Alert, SignedAlert } from '../contract-alert.ts'

/** The public halves of what the signer signs with. */
export interface PublicKeys {
  alert: { keyId: string; publicKey: string }
  drill: { keyId: string; publicKey: string }
}

/** The city's alerts of this moment in one signed file, for phones that match by themselves. */
export interface SignedFeed {
  /** `contract-feed.ts` says how it is laid out; its signature is its end. */
  bytes: Buffer
  keyId: string
}

/** Thrown where the signer will not sign; `code` says why. */
export class SigningRefused extends Error {
  readonly code: string

  constructor(code: string) {
    super(`The signer refused: ${code}.`)
    this.code = code
  }
}

/** Thrown where there is no signer to ask; asking later may do. */
export class SignerAway extends Error {}

/**
 * The one who holds the alert key. It believes no caller: what it signs it has checked against keys
 * and a journal of its own (security.md S8). Asked again for what it signed, it answers the same.
 */
export interface Signer {
  keys(): Promise<PublicKeys>
  /** Throws SigningRefused, SignerAway. */
  sign(alert: Alert, approvals: readonly Approval[]): Promise<SignedAlert>
  feed(): Promise<SignedFeed>
  /** The drills of this moment, by the key of drills. */
  drillFeed(): Promise<SignedFeed>
  knows(keyId: string): Promise<boolean>
  enrol(secret: string, key: NewKey): Promise<boolean>
  vouch(key: NewKey, approval: Approval): Promise<string | null>
  revoke(personId: string): Promise<void>
  /** Nothing new is signed until somebody resumes; anybody may ask for it. */
  halt(): Promise<void>
  /** Throws SigningRefused unless an approver or administrator stands behind it. */
  resume(approval: Approval): Promise<void>
  stop(): Promise<void>
}
