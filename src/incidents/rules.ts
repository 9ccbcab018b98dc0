import type { Actor } from '../kernel/http/actor.ts'
import type { Basis, Finding, IncidentsPolicy, Status } from './contract.ts'

/** What can be done to an incident by a person, and by time. */
export const actions = [
  'find',
  'sign-off',
  'end',
  'correct',
  'merge',
  'split',
  'undo',
  'place',
  'set-aside',
  'keep-apart',
  'expire',
  'fade',
] as const
export type Action = (typeof actions)[number]

/** What the decision needs to know; nothing else may matter. */
export interface IncidentState {
  status: Status
  pending: { finding: Finding; basis: Basis; by: string; organisationId: string; at: Date } | null
  /** People who reported, or took down a report of, this incident. */
  reporterIds: readonly string[]
  /** Reports of people who were there and sent media, not taken back. */
  firstHandWithMedia: number
  reportCount: number
  expiresAt: Date | null
  lastReportAt: Date
  /** One person of the desk looked and put it at the end of the queue. */
  setAside: boolean
}

type Refusal = `incident/${string}`
interface Row {
  from: readonly Status[]
  /** Roles that may; empty where only time acts. */
  roles: readonly string[]
}

const published: readonly Status[] = ['confirmed', 'other-agency', 'unfounded']
const live: readonly Status[] = ['open', ...published]

/**
 * The one table of "may this happen now?": the API refuses by it, the pages show buttons by it, and
 * docs/incidents.md is printed from it.
 */
export const table: Record<Action, Row> = {
  find: { from: live, roles: ['verifier', 'operator'] },
  'sign-off': { from: live, roles: ['approver'] },
  end: {
    from: ['confirmed', 'other-agency'],
    roles: ['verifier', 'operator', 'approver', 'dispatcher'],
  },
  correct: {
    from: [...published, 'ended', 'expired'],
    roles: ['verifier', 'operator', 'approver', 'dispatcher'],
  },
  merge: { from: live, roles: ['operator'] },
  split: { from: live, roles: ['operator'] },
  undo: { from: live, roles: ['operator'] },
  place: { from: ['open'], roles: ['operator', 'verifier'] },
  'set-aside': { from: ['open'], roles: ['operator'] },
  'keep-apart': { from: live, roles: ['operator'] },
  expire: { from: published, roles: [] },
  fade: { from: ['open'], roles: [] },
}

/** Everything that is asked about one action. */
export interface Question {
  action: Action
  state: IncidentState
  actor: Actor | null
  now: Date
  policy: Pick<IncidentsPolicy, 'expiryHours' | 'fadeHours' | 'differentOrganisations'>
  finding?: Finding
  basis?: Basis
}

const hours = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 3_600_000

/** Why not, as a problem code; null if it may happen. Pure: the same question, the same answer. */
export function refusal(question: Question): Refusal | null {
  const { action, state, actor } = question
  const row = table[action]
  if (actor ? !actor.roles.some((role) => row.roles.includes(role)) : row.roles.length > 0)
    return 'incident/not-permitted'
  if (!row.from.includes(state.status)) return 'incident/wrong-state'
  if (
    published.includes(state.status) &&
    expired(question) &&
    action !== 'expire' &&
    action !== 'correct'
  )
    return 'incident/expired'
  return special[action]?.(question) ?? null
}

const expired = ({ state, now }: Question): boolean =>
  state.expiresAt !== null && now.getTime() >= state.expiresAt.getTime()

const special: Partial<Record<Action, (question: Question) => Refusal | null>> = {
  find: refusedFinding,
  'sign-off': refusedSignOff,
  expire: (question) => (expired(question) ? null : 'incident/not-yet'),
  fade: ({ state, now, policy }) =>
    state.pending === null && hours(state.lastReportAt, now) >= policy.fadeHours
      ? null
      : 'incident/not-yet',
  'set-aside': ({ state }) => {
    if (state.pending) return 'incident/finding-waits'
    return state.setAside ? 'incident/already-set-aside' : null
  },
  split: ({ state }) => (state.reportCount < 2 ? 'incident/one-report' : null),
}

function refusedFinding({ state, actor, finding, basis }: Question): Refusal | null {
  if (actor && state.reporterIds.includes(actor.personId)) return 'incident/own-report'
  // Where no basis is named only the finding is asked about; recording it always names one.
  if (finding !== 'confirmed' || basis === undefined) return null
  if (basis === 'on-scene')
    return actor?.roles.includes('verifier') ? null : 'incident/needs-verifier'
  return state.firstHandWithMedia >= 2 ? null : 'incident/needs-two-reports-with-media'
}

function refusedSignOff({ state, actor, finding, now, policy }: Question): Refusal | null {
  const { pending } = state
  if (!pending) return 'incident/no-finding'
  if (!actor || pending.by === actor.personId) return 'incident/needs-second-person'
  if (policy.differentOrganisations && pending.organisationId === actor.organisationId)
    return 'incident/needs-second-organisation'
  if (state.reporterIds.some((id) => id === actor.personId || id === pending.by))
    return 'incident/own-report'
  if (hours(pending.at, now) >= policy.expiryHours) return 'incident/expired'
  return finding === pending.finding ? null : 'incident/finding-changed'
}

/** Where an incident stands after a sign-off. Inconclusive is no news: it closes what was open. */
export function statusAfterSignOff(status: Status, finding: Finding): Status {
  if (finding !== 'inconclusive') return finding
  return status === 'open' ? 'closed' : status
}

/** What each refusal says to the person who was refused, and what to do. */
export const sentences: Record<string, string> = {
  'incident/not-permitted': 'Your role may not do this.',
  'incident/wrong-state':
    'This cannot be done in the state the incident is in now. Look at it again.',
  'incident/expired':
    'The finding is too old to be published. Check again and record a new finding.',
  'incident/own-report':
    'Somebody who reported this, or took the report down, can neither find nor sign off.',
  'incident/needs-verifier': 'Only a trained verifier can confirm on scene.',
  'incident/needs-two-reports-with-media':
    'Without a verifier on scene this needs two first-hand reports with media.',
  'incident/no-finding': 'There is no finding to sign off yet.',
  'incident/needs-second-person': 'Another person than the finder must sign off.',
  'incident/needs-second-organisation':
    'Somebody of another organisation than the finder must sign off.',
  'incident/finding-changed': 'The finding is not the one you are signing off. Look at it again.',
  'incident/one-report': 'An incident of one report cannot be split.',
  'incident/all-reports': 'Leave at least one report in the incident.',
  'incident/not-its-reports': 'Some of these reports are not in this incident.',
  'incident/both-published':
    'Two published incidents cannot be merged. End or correct one of them first.',
  'incident/finding-waits': 'A finding waits for its second person. It cannot be set aside.',
  'incident/already-set-aside': 'This was set aside already.',
  'incident/not-proposed': 'These two are not proposed to be the same.',
  'incident/nothing-to-undo': 'The last change of this incident cannot be undone.',
  'incident/not-yet': 'It is not time for this yet.',
}

/** How much harm an activity does to whom it meets; the unit is our own, for ordering only. */
const harmOfActivity: Record<string, number> = {
  raid: 5,
  arrest: 5,
  checkpoint: 4,
  'door-knock': 4,
  stop: 3,
  stakeout: 2,
  patrol: 1,
  other: 1,
}
const sensitivePlaces = new Set(['school', 'clinic', 'shelter', 'worship', 'home'])

interface HarmFacts {
  activity: string
  placeKind: string
  reportCount: number
  detained: boolean
  minorsPresent: boolean
  stillThere: boolean
}

/** Expected harm, before anybody checked: what, whom, and how many people saw it. */
export const harmOf = (facts: HarmFacts): number =>
  (harmOfActivity[facts.activity] ?? 1) +
  (sensitivePlaces.has(facts.placeKind) ? 2 : 0) +
  (facts.minorsPresent ? 2 : 0) +
  (facts.detained ? 1 : 0) +
  (facts.stillThere ? 1 : 0) +
  Math.log2(Math.max(1, facts.reportCount))

/** Harm halves in this many hours: agents move on. */
export const halfLifeHours = 2
/** What waits for its second person stands this much higher. */
export const waitingForOne = 4

/**
 * Where an incident stands in the queue, highest first: the harm that can still be prevented,
 * raised by what waits for one person only, and falling with the age of the last sighting.
 */
export function priority(
  incident: {
    harm: number
    lastObservedAt: Date | null
    lastReportAt: Date
    pendingAt: Date | null
  },
  now: Date,
): number {
  const seen = incident.lastObservedAt ?? incident.lastReportAt
  const age = Math.max(0, hours(seen, now))
  const waits = incident.pendingAt ? waitingForOne : 0
  return incident.harm * 0.5 ** (age / halfLifeHours) + waits
}
