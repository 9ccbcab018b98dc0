import type { Statement } from '../../kernel/approvals/index.ts'
import { limits } from '../../kernel/limits.ts'
import { type Alert, drillMark } from '../contract-alert.ts'

/** What one person said, with whom they belong to; the signer has checked their proof. */
export interface Said {
  personId: string
  organisationId: string
  statement: Statement
}

export interface SigningPolicy {
  /** Whether finder and approver must come from different organisations. */
  differentOrganisations: boolean
  /** Hours after which a finding can no longer be signed off. */
  findingHours: number
  /** Hours an alert may be shown at most. */
  showHours: number
}

export type SigningFault =
  | 'needs-two-people'
  | 'needs-second-organisation'
  | 'needs-approval'
  | 'says-something-else'
  | 'approval-too-old'
  | 'wrong-times'
  | 'older-revision'
  | 'halted'

/** A sign-off, an end or a correction is acted on at once; a clock may be this far off. */
const actMinutes = 20
const minutes = (from: string, to: Date): number => (to.getTime() - Date.parse(from)) / 60_000
const recent = (at: string, now: Date, most: number): boolean =>
  minutes(at, now) <= most && minutes(at, now) >= -5

/**
 * Why this alert must not be signed, or null. Two people start it: the finder, of the same incident
 * and finding in one of its areas, and the approver, of these very facts. One suffices to stop or
 * correct (mission.md "What it never does" 1; security.md S8, S9). Pure.
 */
export function signingFault(
  alert: Alert,
  said: readonly Said[],
  now: Date,
  policy: SigningPolicy,
): SigningFault | null {
  // A number says of itself whether it is of a drill, so that neither can be passed off as the other.
  if (alert.drill !== alert.id.startsWith(drillMark)) return 'says-something-else'
  const rule = alert.drill ? drillFault : starts(alert) ? startFault : stopFault
  return timesFault(alert, now, policy) ?? rule(alert, said, now, policy)
}

const starts = ({ kind }: Alert): boolean => kind === 'confirmed' || kind === 'update'

function timesFault(alert: Alert, now: Date, { showHours }: SigningPolicy): SigningFault | null {
  const sent = Date.parse(alert.sentAt)
  const life = (Date.parse(alert.expiresAt) - sent) / 3_600_000
  const fits = recent(alert.sentAt, now, actMinutes) && life > 0 && life <= showHours
  return fits ? null : 'wrong-times'
}

function startFault(
  alert: Alert,
  said: readonly Said[],
  now: Date,
  policy: SigningPolicy,
): SigningFault | null {
  const finder = said.find(({ statement }) => statement.act === 'find')
  const approver = said.find(({ statement }) => statement.act === 'sign-off')
  if (!finder || !approver || finder.personId === approver.personId) return 'needs-two-people'
  if (policy.differentOrganisations && finder.organisationId === approver.organisationId)
    return 'needs-second-organisation'
  const areas = finder.statement.facts.areas
  const sameFinding =
    finder.statement.object === alert.id &&
    finder.statement.facts.finding === 'confirmed' &&
    (alert.areas.length === 0 ||
      (Array.isArray(areas) && alert.areas.some((area) => areas.includes(area))))
  if (!sameFinding || !saysThis(approver.statement, alert, 'confirmed'))
    return 'says-something-else'
  const inTime =
    recent(finder.statement.at, now, policy.findingHours * 60) &&
    recent(approver.statement.at, now, actMinutes)
  return inTime ? null : 'approval-too-old'
}

/**
 * One person begins or ends a drill, of this very place: it goes to nobody who has not asked for drills,
 * under a key that no phone takes for the alerts' own. What they said of it counts for nothing else.
 */
function drillFault(alert: Alert, said: readonly Said[], now: Date): SigningFault | null {
  const [act, finding] =
    alert.kind === 'confirmed' ? ['drill', 'confirmed'] : ['end-drill', 'ended']
  if (alert.kind !== 'confirmed' && alert.kind !== 'all-clear') return 'says-something-else'
  const life = Date.parse(alert.expiresAt) - Date.parse(alert.sentAt)
  if (life > limits.drillMinutes * 60_000) return 'wrong-times'
  const one = said.find(({ statement }) => statement.act === act)
  if (!one) return 'needs-approval'
  if (!saysThis(one.statement, alert, finding)) return 'says-something-else'
  return recent(one.statement.at, now, actMinutes) ? null : 'approval-too-old'
}

function stopFault(alert: Alert, said: readonly Said[], now: Date): SigningFault | null {
  const acts = alert.kind === 'all-clear' ? ['end'] : ['correct', 'sign-off']
  const one = said.find(({ statement }) => acts.includes(statement.act))
  if (!one) return 'needs-approval'
  const finding = alert.kind === 'all-clear' ? 'ended' : (alert.correction?.now ?? '')
  if (!saysThis(one.statement, alert, finding)) return 'says-something-else'
  return recent(one.statement.at, now, actMinutes) ? null : 'approval-too-old'
}

/** Whether the person stood behind this place and this word of this very revision. */
function saysThis({ object, facts }: Statement, alert: Alert, finding: string): boolean {
  return (
    object === alert.id &&
    facts.finding === finding &&
    facts.revision === alert.revision &&
    facts.place === alert.place &&
    facts.precision === alert.precision &&
    sameList(facts.areas, alert.areas)
  )
}

const sameList = (said: unknown, sent: readonly string[]): boolean =>
  Array.isArray(said) && said.length === sent.length && sent.every((item, i) => said[i] === item)
