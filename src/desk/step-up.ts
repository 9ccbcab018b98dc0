import { sha256 } from '../kernel/crypto.ts'
import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { audit } from './audit.ts'
import { refuse } from './contract.ts'
import type { PasskeyProof } from './contract-passkeys.ts'
import { permit } from './permit.ts'
import { askForProof, checkProof, type Proof } from './prove-passkey.ts'
import type { Site } from './site.ts'
import { setSteppedUp } from './store-sessions.ts'

const occasionOf = (actor: Actor) => ({ purpose: 'step-up', personId: actor.personId }) as const

/** The question to put to the passkey of somebody who is signed in. */
export function beginStepUp(kernel: Kernel, site: Site, actor: Actor) {
  permit(kernel, actor, 'own.step-up')
  return askForProof(kernel, site, occasionOf(actor))
}

/**
 * Notes on the session `secret` that its person is there; covers 15 minutes. Throws
 * `desk/challenge-gone`, `desk/sign-in-refused` (another person's passkey too), `desk/passkey-cloned`.
 */
export async function finishStepUp(
  kernel: Kernel,
  site: Site,
  actor: Actor,
  { secret, proof }: { secret: string; proof: PasskeyProof },
): Promise<void> {
  permit(kernel, actor, 'own.step-up')
  const result = await kernel.db.transaction().execute(async (tx): Promise<Proof> => {
    const checked = await checkProof(tx, kernel, site, occasionOf(actor), proof)
    if ('refused' in checked) return checked
    const lives = await setSteppedUp(tx, sha256(secret), kernel.clock.now())
    if (!lives) return { refused: 'desk/sign-in-refused' }
    const object = `person:${actor.personId}`
    await audit(tx, kernel, { personId: actor.personId, action: 'session.stepped-up', object })
    return checked
  })
  if ('refused' in result) throw refuse(result.refused)
}
