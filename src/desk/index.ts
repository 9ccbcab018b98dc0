// The desk: who works here, for which organisation, in which roles, and how they prove it.
// Words: organisation, person, role, passkey, enrolment link, session, step-up, token, the record.
// Stores: names, roles, public keys, hashes of secrets, and the audit of every change.
// Emits: nothing; each deed is an audit entry in the transaction that did it.
// Never: keeps a password, an address, a device's name or a secret in the clear; trusts an id sent
//   by a browser where a link or a session already says who it is.

export { deskApi } from './api.ts'
export { approvalsById, askForApproval, takeApproval } from './approvals.ts'
export { audit } from './audit.ts'
export { approvesWith, demoSecret } from './authenticate.ts'
export { type Role, roles } from './contract.ts'
export { ensurePerson } from './ensure-person.ts'
export { firstAdministratorLink, inviteLink } from './from-shell.ts'
export { makeToken } from './make-token.ts'
export { namesOf } from './names-of.ts'
export { type DeskRoom, makeDesk } from './room.ts'
