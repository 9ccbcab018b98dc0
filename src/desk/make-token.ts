import { addHours } from '../kernel/clock.ts'
import { sha256 } from '../kernel/crypto.ts'
import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { notFound } from '../kernel/problem.ts'
import { audit } from './audit.ts'
import { type Role, refuse } from './contract.ts'
import { ensurePerson } from './ensure-person.ts'
import { permit } from './permit.ts'
import { inGoodStanding, tokenLifetime } from './rules.ts'
import { findPerson } from './store.ts'
import { insertToken, revokeTokensOf } from './store-sessions.ts'

interface TokenOrder {
  role: Role
  organisation: string
  person: string
  /** How long it works; 12 unless told, 720 at most. */
  hours?: number | undefined
}

/**
 * A bearer token for automation, made from the shell of the machine. Makes the organisation and
 * the person if they are new. Throws RangeError on the hours, `desk/suspended`.
 */
export async function makeToken(
  kernel: Kernel,
  order: TokenOrder,
): Promise<{ token: string; expiresAt: Date }> {
  const now = kernel.clock.now()
  const expiresAt = addHours(now, tokenLifetime(order.hours))
  const token = kernel.ids.secret()
  await kernel.db.transaction().execute(async (tx) => {
    const person = await ensurePerson(tx, kernel, { ...order, roles: [order.role] })
    if (!inGoodStanding(person)) throw refuse('desk/suspended')
    await insertToken(tx, {
      hash: sha256(token),
      personId: person.id,
      role: order.role,
      now,
      expiresAt,
    })
    const { id, organisationId } = person
    kernel.keyTrust.trustToken({ token, personId: id, organisationId, until: expiresAt })
    await audit(tx, kernel, {
      personId: null,
      action: 'token.made',
      object: `person:${person.id}`,
      detail: { role: order.role, expiresAt: expiresAt.toISOString() },
    })
  })
  return { token, expiresAt }
}

/** Revokes every token of a person at once; answers how many. Throws 404. */
export async function revokeTokens(kernel: Kernel, actor: Actor, id: string): Promise<number> {
  permit(kernel, actor, 'people.revoke-tokens')
  return kernel.db.transaction().execute(async (tx) => {
    if (!(await findPerson(tx, id))) throw notFound()
    const revoked = await revokeTokensOf(tx, [id], kernel.clock.now())
    await audit(tx, kernel, {
      personId: actor.personId,
      action: 'tokens.revoked',
      object: `person:${id}`,
      detail: { revoked },
    })
    return revoked
  })
}
