import type { NewKey } from '../kernel/approvals/index.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Site } from './site.ts'
import { findPerson } from './store.ts'
import { passkeyById } from './store-keys.ts'

/** A passkey as the signer is told of it; undefined where it is gone. */
export async function newKeyOf(
  kernel: Kernel,
  site: Site,
  keyId: string,
): Promise<NewKey | undefined> {
  const passkey = await passkeyById(kernel.db, keyId)
  const person = passkey && (await findPerson(kernel.db, passkey.person_id))
  if (!person) return undefined
  return {
    keyId,
    personId: person.id,
    organisationId: person.organisationId,
    publicKey: passkey.public_key.toString('base64url'),
    site: { origin: site.origin, rpId: site.rpId },
    vouches: person.roles.includes('admin'),
  }
}
