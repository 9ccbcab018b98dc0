export {
  type ApprovalKey,
  approvalKeyOf,
  ed25519FromSeed,
  ed25519Public,
  keyIdOf,
  rawPublicKey,
} from './key-file.ts'
export { type KeyTrust, type NewKey, vouchFacts } from './port.ts'
export { type Invite, openRegistry, type Registry, type TrustedKey } from './registry.ts'
export {
  type Approval,
  type ApprovalProof,
  challengeOf,
  type Statement,
  statementText,
} from './statement.ts'
export { type ApprovalFault, type Verified, verifyApproval } from './verify.ts'
