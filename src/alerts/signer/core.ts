import { hash } from 'node:crypto'
import {
  type Approval,
  type NewKey,
  openRegistry,
  type Registry,
  verifyApproval,
  vouchFacts,
} from '../../kernel/approvals/index.ts'
import { canonicalJson } from '../../kernel/canonical.ts'
import type { Clock } from '../../kernel/clock.ts'
import { alertText } from '../alert-text.ts'
import { Alert, type SignedAlert } from '../contract-alert.ts'
import { drillMagic } from '../contract-feed.ts'
import { encodeFeed } from '../feed/encode-feed.ts'
import { type Journal, openJournal } from './journal.ts'
import { type AlertKey, alertKey } from './key.ts'
import { type Signer, SigningRefused } from './port.ts'
import { type Said, type SigningPolicy, signingFault } from './rules.ts'

interface Parts {
  key: AlertKey
  drill: AlertKey
  registry: Registry
  journal: Journal
  /** Drills have a journal of their own, as they have a key. */
  drilled: Journal
  clock: Clock
  policy: SigningPolicy
}

/** The signer itself, on a folder that is its own. `process.ts` gives it a process of its own too. */
export function makeSigner(folder: string, clock: Clock, policy: SigningPolicy): Signer {
  const parts: Parts = {
    key: alertKey(folder, 'alert'),
    drill: alertKey(folder, 'drill'),
    registry: openRegistry(folder),
    journal: openJournal(folder),
    drilled: openJournal(folder, 'drilled'),
    clock,
    policy,
  }
  const { registry, journal } = parts
  return {
    keys: async () => ({ alert: publicHalf(parts.key), drill: publicHalf(parts.drill) }),
    sign: (alert, approvals) => signAlert(parts, Alert.parse(alert), approvals),
    feed: async () => signFeed(parts),
    drillFeed: async () => signDrills(parts),
    knows: async (keyId) => registry.key(keyId) !== undefined,
    enrol: async (secret, key) => enrol(registry, secret, key),
    vouch: (key, approval) => vouch(parts, key, approval),
    revoke: async (personId) => registry.revoke({ personId }),
    halt: async () => journal.setHalted(true),
    resume: (approval) => resume(parts, approval),
    stop: async () => {},
  }
}

const publicHalf = ({ keyId, publicKey }: AlertKey) => ({ keyId, publicKey })

async function signAlert(
  parts: Parts,
  alert: Alert,
  approvals: readonly Approval[],
): Promise<SignedAlert> {
  const { clock, policy } = parts
  const journal = alert.drill ? parts.drilled : parts.journal
  const before = journal.last(alert.id)
  // A job that runs again asks again: the same words have the same signature.
  if (before && alertText(before.alert) === alertText(alert)) return before
  if (before && before.alert.revision >= alert.revision) throw new SigningRefused('older-revision')
  const starts = alert.kind === 'confirmed' || alert.kind === 'update'
  if (starts && parts.journal.halted()) throw new SigningRefused('halted')
  const said = await everythingSaid(parts, approvals)
  const fault = signingFault(alert, said, clock.now(), policy)
  if (fault) throw new SigningRefused(fault)
  const key = alert.drill ? parts.drill : parts.key
  const signed = { alert, keyId: key.keyId, signature: key.sign(alertText(alert)) }
  journal.add(signed)
  return signed
}

/** What people said, each proven. One proof that does not hold refuses the whole. */
async function everythingSaid(
  { registry, clock }: Parts,
  approvals: readonly Approval[],
): Promise<Said[]> {
  const said: Said[] = []
  for (const approval of approvals.slice(0, mostApprovals)) {
    const verified = await verifyApproval(registry, approval, clock.now())
    if (typeof verified === 'string') throw new SigningRefused(verified)
    const { personId, organisationId } = verified.key
    said.push({ personId, organisationId, statement: verified.statement })
  }
  return said
}

const mostApprovals = 4

function signFeed({ key, journal, clock }: Parts) {
  const now = clock.now()
  const alerts = journal.live(now).map(({ alert }) => alert)
  return { bytes: encodeFeed(alerts, now, key.sign), keyId: key.keyId }
}

function signDrills({ drill, drilled, clock }: Parts) {
  const now = clock.now()
  const alerts = drilled.live(now).map(({ alert }) => alert)
  return { bytes: encodeFeed(alerts, now, drill.sign, drillMagic), keyId: drill.keyId }
}

/** A key that comes with the secret of a link the shell made; a link is good for one key. */
function enrol(registry: Registry, secret: string, key: NewKey): boolean {
  const invite = registry.invite(hash('sha256', secret, 'hex'))
  const fits =
    invite && invite.personId === key.personId && invite.organisationId === key.organisationId
  if (!fits) return false
  registry.use(invite.hash)
  registry.trust({ ...key, vouches: invite.vouches, type: 'passkey', until: null })
  return true
}

async function vouch(
  { registry, clock }: Parts,
  key: NewKey,
  approval: Approval,
): Promise<string | null> {
  const verified = await verifyApproval(registry, approval, clock.now())
  if (typeof verified === 'string') return verified
  const { statement } = verified
  if (!verified.key.vouches) return 'may-not-vouch'
  if (verified.key.personId === key.personId) return 'own-key'
  const says = canonicalJson(statement.facts) === canonicalJson(vouchFacts(key))
  if (statement.act !== 'vouch' || statement.object !== `person:${key.personId}` || !says)
    return 'says-something-else'
  if (Math.abs(clock.now().getTime() - Date.parse(statement.at)) > 20 * 60_000)
    return 'approval-too-old'
  registry.trust({ ...key, type: 'passkey', until: null })
  return null
}

async function resume(parts: Parts, approval: Approval): Promise<void> {
  const [said] = await everythingSaid(parts, [approval])
  const now = parts.clock.now()
  const fresh = said && Math.abs(now.getTime() - Date.parse(said.statement.at)) < 20 * 60_000
  if (!fresh || said.statement.act !== 'resume') throw new SigningRefused('needs-approval')
  parts.journal.setHalted(false)
}
