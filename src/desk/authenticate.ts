import type { IncomingMessage } from 'node:http'
import { type ApprovalProof, approvalKeyOf } from '../kernel/approvals/index.ts'
import { sha256 } from '../kernel/crypto.ts'
import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { sessionLives, tokenLives } from './rules.ts'
import { fromOwnPage, type Site, sessionCookie } from './site.ts'
import { findSession, findToken, setSeen } from './store-sessions.ts'

type Request = Pick<IncomingMessage, 'headers' | 'method'>

/** How often a session notes that it is used: finer would be a write a request. */
const seenEveryMilliseconds = 60_000
const readOnly = new Set(['GET', 'HEAD'])

/**
 * Who sends a request: the person of a bearer token, with that token's one role, or of a passkey
 * session; null for a stranger and for a session that another site's page is trying to use.
 */
export async function authenticate(
  kernel: Kernel,
  site: Site,
  request: Request,
  demo = false,
): Promise<Actor | null> {
  const [scheme, token = ''] = (request.headers.authorization ?? '').split(' ')
  if (scheme?.toLowerCase() === 'bearer') return byToken(kernel, token)
  const secret = sessionCookie(site, request)
  if (!secret) return null
  // SameSite=Strict lets sibling host names through; the browser's own word does not.
  if (!readOnly.has(request.method ?? '') && !fromOwnPage(site, request)) return null
  const actor = await bySession(kernel, secret)
  return actor && demo ? { ...actor, approvesWith: approvesWith(demoSecret(kernel, actor)) } : actor
}

/** The people of the demonstration have no passkeys: each approves by a key of this deployment's own. */
export const demoSecret = (kernel: Pick<Kernel, 'secrets'>, actor: { personId: string }): string =>
  `demo ${actor.personId} ${kernel.secrets.receiptPepper.toString('hex')}`

/** Approves with the key of a secret; it is made when something is approved. */
export const approvesWith =
  (secret: string) =>
  (statement: string): ApprovalProof => {
    const { keyId, sign } = approvalKeyOf(secret)
    return { by: 'key', keyId, signature: sign(statement) }
  }

async function byToken(kernel: Kernel, token: string): Promise<Actor | null> {
  const row = await findToken(kernel.db, sha256(token))
  if (!row || !tokenLives(row, kernel.clock.now())) return null
  return {
    ...actorOf(row),
    roles: [row.role],
    by: 'token',
    steppedUpAt: null,
    approvesWith: approvesWith(token),
  }
}

async function bySession(kernel: Kernel, secret: string): Promise<Actor | null> {
  const hash = sha256(secret)
  const now = kernel.clock.now()
  const row = await findSession(kernel.db, hash)
  if (!row || !sessionLives(row, now)) return null
  if (now.getTime() - row.lastSeenAt.getTime() > seenEveryMilliseconds)
    await setSeen(kernel.db, hash, now)
  return { ...actorOf(row), roles: row.roles, by: 'session', steppedUpAt: row.steppedUpAt }
}

const actorOf = (row: {
  personId: string
  name: string
  organisationId: string
  organisation: string
}): Pick<Actor, 'personId' | 'name' | 'organisationId' | 'organisation'> => ({
  personId: row.personId,
  name: row.name,
  organisationId: row.organisationId,
  organisation: row.organisation,
})
