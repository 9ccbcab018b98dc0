import type { ApprovalProof } from '../approvals/index.ts'

/** A person of the desk as a request carries them: who, from where, and what they may do. */
export interface Actor {
  personId: string
  name: string
  organisationId: string
  organisation: string
  roles: readonly string[]
  /** A passkey session or a bearer token. */
  by: 'session' | 'token'
  /** When they last proved with a passkey that they are there (security.md S29); null for tokens. */
  steppedUpAt: Date | null
  /** Approves by a key that the request itself brings (a bearer token's); absent for passkeys, which are asked. */
  approvesWith?: (statement: string) => ApprovalProof
}

/** Who may call a route: anyone, or the people who hold one of these roles. */
export type Permit = 'anyone' | readonly string[]

/** Whether this caller may. */
export const permits = (permit: Permit, actor: Actor | null): boolean =>
  permit === 'anyone' || (actor?.roles.some((role) => permit.includes(role)) ?? false)
