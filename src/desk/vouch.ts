import { type NewKey, vouchFacts } from '../kernel/approvals/index.ts'
import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { notFound } from '../kernel/problem.ts'
import { approvalsById, askForApproval, keepApproval, takeApproval } from './approvals.ts'
import { audit } from './audit.ts'
import { refuse } from './contract.ts'
import type { PasskeyProof } from './contract-passkeys.ts'
import { newKeyOf } from './new-key.ts'
import { permit } from './permit.ts'
import type { Site } from './site.ts'
import { passkeysOf } from './store-keys.ts'

/** The person's newest key that the signer does not believe yet; throws 404 where there is none. */
async function waitingKey(kernel: Kernel, site: Site, personId: string): Promise<NewKey> {
  const own = await passkeysOf(kernel.db, personId)
  for (const { id } of own.toReversed()) {
    const key = await newKeyOf(kernel, site, id)
    if (key && !(await kernel.keyTrust.knows(id))) return key
  }
  throw notFound('Every key of this person is trusted already.')
}

const matterOf = (key: NewKey) => ({
  act: 'vouch',
  object: `person:${key.personId}`,
  facts: vouchFacts(key),
})

/**
 * The question to an administrator's passkey: do you stand behind this person's key? Whoever could
 * write to the database could put a key there; only a trusted person makes it count (security.md S13).
 */
export async function beginVouch(kernel: Kernel, site: Site, actor: Actor, personId: string) {
  permit(kernel, actor, 'people.vouch')
  const key = await waitingKey(kernel, site, personId)
  return askForApproval(kernel, site, actor, matterOf(key))
}

/** Makes the key count. Throws `desk/vouch-refused`, and what `keepApproval` throws. */
export async function finishVouch(
  kernel: Kernel,
  site: Site,
  actor: Actor,
  { id, proof }: { id: string; proof: PasskeyProof },
): Promise<void> {
  permit(kernel, actor, 'people.vouch')
  const key = await waitingKey(kernel, site, id)
  await keepApproval(kernel, site, actor, proof)
  await kernel.db.transaction().execute(async (tx) => {
    const approval = await takeApproval(kernel, tx, actor, matterOf(key), false)
    const [said] = await approvalsById({ db: tx }, [approval])
    const why = said ? await kernel.keyTrust.vouch(key, said) : 'gone'
    if (why) throw refuse('desk/vouch-refused')
    const object = `person:${id}`
    await audit(tx, kernel, { personId: actor.personId, action: 'key.vouched', object })
  })
}
