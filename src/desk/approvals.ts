import {
  type Approval,
  type ApprovalProof,
  challengeOf,
  type Statement,
  statementText,
} from '../kernel/approvals/index.ts'
import type { Json } from '../kernel/canonical.ts'
import type { Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { limits } from '../kernel/limits.ts'
import { audit } from './audit.ts'
import { signedChallenge } from './challenge.ts'
import { refuse } from './contract.ts'
import type { PasskeyProof } from './contract-passkeys.ts'
import { askForProof, checkProof, type Proof } from './prove-passkey.ts'
import type { Site } from './site.ts'
import { findProven, insertApproval, proveApproval, readApprovals } from './store-approvals.ts'

/** What is approved: an act on a thing, and the facts it is done on. */
export type Matter = Pick<Statement, 'act' | 'object' | 'facts'>

const statementOf = (kernel: Kernel, matter: Matter): string =>
  statementText({
    ...matter,
    at: kernel.clock.now().toISOString(),
    nonce: kernel.ids.secret(),
  })

/**
 * The question to put to somebody's passkey so that its answer approves this matter and nothing
 * else: the challenge is the statement's hash.
 */
export async function askForApproval(kernel: Kernel, site: Site, actor: Actor, matter: Matter) {
  const statement = statementOf(kernel, matter)
  const challenge = challengeOf(statement)
  await kernel.db
    .transaction()
    .execute((tx) => insertApproval(tx, rowOf(kernel, actor, { statement, matter, proof: null })))
  const bytes = new Uint8Array(Buffer.from(challenge, 'base64url'))
  return askForProof(kernel, site, { purpose: 'approve', personId: actor.personId }, bytes)
}

/**
 * Keeps the answer; it covers the act it was given for, for 15 minutes. Throws
 * `desk/challenge-gone`, `desk/sign-in-refused`, `desk/passkey-cloned`.
 */
export async function keepApproval(
  kernel: Kernel,
  site: Site,
  actor: Actor,
  proof: PasskeyProof,
): Promise<void> {
  const { personId } = actor
  const result = await kernel.db.transaction().execute(async (tx): Promise<Proof> => {
    const checked = await checkProof(tx, kernel, site, { purpose: 'approve', personId }, proof)
    if ('refused' in checked) return checked
    const challenge = signedChallenge(proof.response.clientDataJSON) ?? ''
    const kept = await proveApproval(tx, challenge, personId, {
      by: 'passkey',
      response: proof,
    })
    if (!kept) return { refused: 'desk/challenge-gone' }
    await audit(tx, kernel, { personId, action: `approved.${kept.act}`, object: kept.object })
    return checked
  })
  if ('refused' in result) throw refuse(result.refused)
}

/**
 * The number of a person's approval of this very matter. A token brings its own; a passkey must have
 * been asked in the last minutes: else throws `desk/step-up-needed`. `counts`: throws
 * `desk/key-not-trusted` where the signer does not believe the key.
 */
export async function takeApproval(
  kernel: Kernel,
  tx: Tx,
  actor: Actor,
  matter: Matter,
  counts: boolean,
): Promise<string> {
  const { id, proof } = actor.approvesWith
    ? await approveNow(kernel, tx, actor, matter)
    : await approvedBefore(kernel, tx, actor, matter)
  if (counts && !(await believed(kernel, proof))) throw refuse('desk/key-not-trusted')
  return id
}

async function approveNow(kernel: Kernel, tx: Tx, actor: Actor, matter: Matter) {
  const statement = statementOf(kernel, matter)
  const proof = actor.approvesWith?.(statement) as ApprovalProof
  const row = rowOf(kernel, actor, { statement, matter, proof })
  await insertApproval(tx, row)
  return { id: row.id, proof }
}

async function approvedBefore(kernel: Kernel, tx: Tx, actor: Actor, matter: Matter) {
  const since = new Date(kernel.clock.now().getTime() - limits.approvalMinutes * 60_000)
  const found = await findProven(tx, { personId: actor.personId, ...matter, since })
  const same = found.find(({ statement }) => factsOf(statement) === factsText(matter.facts))
  if (!same) throw refuse('desk/step-up-needed')
  return { id: same.id, proof: same.proof as ApprovalProof }
}

const factsText = (facts: Statement['facts']): string =>
  statementText({ act: '', object: '', facts, at: '', nonce: '' })
const factsOf = (statement: string): string =>
  factsText((JSON.parse(statement) as { facts: { [key: string]: Json } }).facts)

/** A signer that is away says nothing against a key: the alert waits for it. */
const believed = (kernel: Kernel, proof: ApprovalProof): Promise<boolean> =>
  kernel.keyTrust.knows(proof.by === 'key' ? proof.keyId : proof.response.id).catch(() => true)

/** The approvals of these numbers, in no order. */
export async function approvalsById(
  kernel: { db: Kernel['db'] | Tx },
  ids: readonly string[],
): Promise<Approval[]> {
  const rows = await readApprovals(kernel.db, ids)
  return rows.flatMap(({ person_id, organisation_id, statement, proof }) =>
    proof
      ? [
          {
            personId: person_id,
            organisationId: organisation_id,
            statement,
            proof: proof as ApprovalProof,
          },
        ]
      : [],
  )
}

function rowOf(
  kernel: Kernel,
  actor: Actor,
  { statement, matter, proof }: { statement: string; matter: Matter; proof: ApprovalProof | null },
) {
  return {
    id: kernel.ids.uuid(),
    challenge: challengeOf(statement),
    person_id: actor.personId,
    organisation_id: actor.organisationId,
    act: matter.act,
    object: matter.object,
    statement,
    proof,
    created_at: kernel.clock.now(),
  }
}
