import type { Actor } from '../kernel/http/actor.ts'
import { type DeskProblem, type Role, roles } from './contract.ts'

/** A session ends this long after sign-in, whatever its owner does (security.md S29). */
export const sessionHours = 12
/** A session that nobody used for this long has ended. */
export const idleMinutes = 30
/** How long a proof of presence covers sending, exporting and managing people. */
export const stepUpMinutes = 15
/** A passkey has this long to answer. */
export const challengeMinutes = 5
export const linkHours = 168
export const tokenHours = { standard: 12, most: 720 } as const

const minutes = (from: Date, to: Date): number => (to.getTime() - from.getTime()) / 60_000

/** Who may do what here, and whether it needs a fresh proof of presence. Deny what is not listed. */
export const actions = {
  'people.list': { roles: ['admin'], fresh: false, byToken: true },
  'people.invite': { roles: ['admin'], fresh: true, byToken: true },
  'people.suspend': { roles: ['admin'], fresh: true, byToken: true },
  'people.resume': { roles: ['admin'], fresh: true, byToken: true },
  'people.roles': { roles: ['admin'], fresh: true, byToken: true },
  'people.link': { roles: ['admin'], fresh: true, byToken: true },
  'people.revoke-tokens': { roles: ['admin'], fresh: true, byToken: true },
  'organisations.list': { roles: ['admin'], fresh: false, byToken: true },
  'organisations.suspend': { roles: ['admin'], fresh: true, byToken: true },
  'audit.read': { roles: ['admin'], fresh: false, byToken: true },
  // A token that leaks must not be able to grow into a passkey of its owner.
  'own.add-passkey': { roles, fresh: true, byToken: false },
  'own.remove-passkey': { roles, fresh: true, byToken: false },
  'people.vouch': { roles: ['admin'], fresh: false, byToken: false },
  'own.step-up': { roles, fresh: false, byToken: false },
} as const satisfies Record<string, { roles: readonly Role[]; fresh: boolean; byToken: boolean }>
export type Action = keyof typeof actions

/** Why this person may not do this now, or null. */
export function refusal(
  action: Action,
  actor: Actor,
  now: Date,
): 'kernel/not-permitted' | DeskProblem | null {
  const rule = actions[action]
  const permitted: readonly string[] = rule.roles
  if (!actor.roles.some((role) => permitted.includes(role))) return 'kernel/not-permitted'
  if (actor.by === 'token') return rule.byToken ? null : 'desk/not-by-token'
  return rule.fresh && !isFresh(actor, now) ? 'desk/step-up-needed' : null
}

/** Whether a proof of presence still covers this actor; a token is the shell's, and always is. */
export const isFresh = (actor: Pick<Actor, 'by' | 'steppedUpAt'>, now: Date): boolean =>
  actor.by === 'token' ||
  (actor.steppedUpAt !== null && within(actor.steppedUpAt, now, stepUpMinutes))

const within = (from: Date, now: Date, most: number): boolean =>
  minutes(from, now) >= 0 && minutes(from, now) < most

/** Whose people and organisations are at work: a suspended one ends everything they hold. */
interface Standing {
  personSuspendedAt: Date | null
  organisationSuspendedAt: Date | null
}

/** Whether neither the person nor their organisation is suspended. */
export const inGoodStanding = (row: Standing): boolean =>
  row.personSuspendedAt === null && row.organisationSuspendedAt === null

/** Whether a session still opens the desk. */
export const sessionLives = (
  row: Standing & { createdAt: Date; expiresAt: Date; lastSeenAt: Date },
  now: Date,
): boolean =>
  inGoodStanding(row) &&
  now < row.expiresAt &&
  minutes(row.createdAt, now) < sessionHours * 60 &&
  minutes(row.lastSeenAt, now) < idleMinutes

/** Whether a token still opens the desk: its role must still be one of its person's roles. */
export const tokenLives = (
  row: Standing & { expiresAt: Date; revokedAt: Date | null; role: string; roles: string[] },
  now: Date,
): boolean =>
  inGoodStanding(row) &&
  row.revokedAt === null &&
  now < row.expiresAt &&
  row.roles.includes(row.role)

/** Whether an enrolment link still enrols: once, in time, and for somebody in good standing. */
export const linkLives = (
  row: Standing & { expiresAt: Date; usedAt: Date | null },
  now: Date,
): boolean => inGoodStanding(row) && row.usedAt === null && now < row.expiresAt

/**
 * Whether an authenticator's counter did not move on: two copies of one key are in use. Passkeys
 * that are synchronised between devices always answer 0 and say nothing (WebAuthn, 6.1.1).
 */
export const counterWentBack = (kept: number, answered: number): boolean =>
  (kept > 0 || answered > 0) && answered <= kept

/** Whether nobody could administer the desk once these people cannot. */
export const losesLastAdministrator = (
  administrators: readonly string[],
  leaving: readonly string[],
): boolean =>
  administrators.some((id) => leaving.includes(id)) &&
  administrators.every((id) => leaving.includes(id))

/** The hours a token is made for, within the limit. Throws RangeError on anything else. */
export function tokenLifetime(hours: number = tokenHours.standard): number {
  if (!(hours > 0 && hours <= tokenHours.most))
    throw new RangeError(`--hours must be more than 0 and at most ${tokenHours.most}.`)
  return hours
}
