import type { Kernel } from '../kernel/kernel.ts'
import { refuse } from './contract.ts'
import type { PasskeyProof } from './contract-passkeys.ts'
import { type NewSession, openSession } from './open-session.ts'
import { askForProof, checkProof } from './prove-passkey.ts'
import type { Site } from './site.ts'

const occasion = { purpose: 'sign-in', personId: null } as const

/** The question to put to a visitor's passkey. */
export const beginSignIn = (kernel: Kernel, site: Site) => askForProof(kernel, site, occasion)

/**
 * Opens a session for the person whose passkey answered. `replaces` is the session secret the
 * browser already had. Throws `desk/challenge-gone`, `desk/sign-in-refused`, `desk/passkey-cloned`.
 */
export async function finishSignIn(
  kernel: Kernel,
  site: Site,
  proof: PasskeyProof,
  replaces: string | null,
): Promise<NewSession> {
  const result = await kernel.db.transaction().execute(async (tx) => {
    const checked = await checkProof(tx, kernel, site, occasion, proof)
    if ('refused' in checked) return checked
    const person = { personId: checked.person.id, name: checked.person.name }
    return openSession(tx, kernel, person, { by: 'passkey', replaces })
  })
  if ('refused' in result) throw refuse(result.refused)
  return result
}
