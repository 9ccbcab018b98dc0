import { describe, expect, it } from 'vitest'
import type { Actor } from '../kernel/http/actor.ts'
import { roles } from './contract.ts'
import * as rules from './rules.ts'

const now = new Date('2026-03-02T12:00:00Z')
const ago = (minutes: number): Date => new Date(now.getTime() - minutes * 60_000)
const ahead = (minutes: number): Date => ago(-minutes)

const actor = (given: Partial<Actor> = {}): Actor => ({
  personId: 'p',
  name: 'Ana',
  organisationId: 'o',
  organisation: 'Harbor Neighbors',
  roles: ['admin'],
  by: 'session',
  steppedUpAt: ago(1),
  ...given,
})

describe('who may do what', () => {
  const administration = Object.keys(rules.actions).filter((name) => !name.startsWith('own.'))

  it.each(administration)('%s is for administrators only', (name) => {
    const action = name as rules.Action
    expect(rules.refusal(action, actor(), now)).toBeNull()
    for (const role of roles.filter((role) => role !== 'admin'))
      expect(rules.refusal(action, actor({ roles: [role] }), now)).toBe('kernel/not-permitted')
  })

  it('needs a fresh proof for whatever changes people, and none for reading', () => {
    const stale = actor({ steppedUpAt: ago(rules.stepUpMinutes) })
    const needing = administration.filter(
      (name) => rules.refusal(name as rules.Action, stale, now) === 'desk/step-up-needed',
    )
    expect(needing).toEqual([
      'people.invite',
      'people.suspend',
      'people.resume',
      'people.roles',
      'people.link',
      'people.revoke-tokens',
      'organisations.suspend',
    ])
  })

  it('lets no token grow into a passkey, whatever its role', () => {
    for (const role of roles) {
      const token = actor({ by: 'token', roles: [role], steppedUpAt: null })
      expect(rules.refusal('own.add-passkey', token, now)).toBe('desk/not-by-token')
      expect(rules.refusal('own.remove-passkey', token, now)).toBe('desk/not-by-token')
    }
  })
})

describe('a proof of presence', () => {
  it.each([
    ['just given', ago(0), true],
    ['14 minutes old', ago(14), true],
    ['15 minutes old', ago(15), false],
    ['from the future', ahead(1), false],
    ['never given', null, false],
  ])('%s', (_what, steppedUpAt, fresh) => {
    expect(rules.isFresh({ by: 'session', steppedUpAt }, now)).toBe(fresh)
  })

  it('is not asked of a token', () => {
    expect(rules.isFresh({ by: 'token', steppedUpAt: null }, now)).toBe(true)
  })
})

const standing = { personSuspendedAt: null, organisationSuspendedAt: null }

describe('a session', () => {
  const session = { ...standing, createdAt: ago(60), expiresAt: ahead(660), lastSeenAt: ago(1) }
  it.each([
    ['in use', {}, true],
    ['idle for 29 minutes', { lastSeenAt: ago(29) }, true],
    ['idle for 30 minutes', { lastSeenAt: ago(30) }, false],
    ['at its end', { expiresAt: now }, false],
    ['12 hours old, whatever its end says', { createdAt: ago(720) }, false],
    ['of a suspended person', { personSuspendedAt: ago(0) }, false],
    ['of a suspended organisation', { organisationSuspendedAt: ago(0) }, false],
  ])('%s', (_what, change, lives) => {
    expect(rules.sessionLives({ ...session, ...change }, now)).toBe(lives)
  })
})

describe('a token', () => {
  const token = {
    ...standing,
    expiresAt: ahead(1),
    revokedAt: null,
    role: 'verifier',
    roles: ['operator', 'verifier'],
  }
  it.each([
    ['in time', {}, true],
    ['at its end', { expiresAt: now }, false],
    ['revoked', { revokedAt: ago(1) }, false],
    ['of a role its person lost', { roles: ['operator'] }, false],
    ['of a suspended person', { personSuspendedAt: ago(0) }, false],
    ['of a suspended organisation', { organisationSuspendedAt: ago(0) }, false],
  ])('%s', (_what, change, lives) => {
    expect(rules.tokenLives({ ...token, ...change }, now)).toBe(lives)
  })

  it('lives as many hours as it is made for, 720 at most', () => {
    expect(rules.tokenLifetime()).toBe(12)
    expect(rules.tokenLifetime(720)).toBe(720)
    for (const hours of [0, -1, 721, Number.NaN, Number.POSITIVE_INFINITY])
      expect(() => rules.tokenLifetime(hours)).toThrow(RangeError)
  })
})

describe('an enrolment link', () => {
  const link = { ...standing, expiresAt: ahead(1), usedAt: null }
  it.each([
    ['unused and in time', {}, true],
    ['used', { usedAt: ago(1) }, false],
    ['at its end', { expiresAt: now }, false],
    ['of a suspended person', { personSuspendedAt: ago(0) }, false],
    ['of a suspended organisation', { organisationSuspendedAt: ago(0) }, false],
  ])('%s', (_what, change, lives) => {
    expect(rules.linkLives({ ...link, ...change }, now)).toBe(lives)
  })
})

describe('a counter', () => {
  it.each([
    [0, 0, false],
    [0, 1, false],
    [5, 6, false],
    [5, 5, true],
    [5, 4, true],
    [5, 0, true],
  ])('kept %i, answered %i: a copy is in use: %s', (kept, answered, copied) => {
    expect(rules.counterWentBack(kept, answered)).toBe(copied)
  })
})

describe('the last administrator', () => {
  it.each([
    ['one of two leaves', ['a', 'b'], ['a'], false],
    ['both leave', ['a', 'b'], ['b', 'a'], true],
    ['the only one leaves', ['a'], ['a', 'x'], true],
    ['somebody else leaves', ['a'], ['x'], false],
    ['there is none yet', [], ['x'], false],
  ])('%s', (_what, administrators, leaving, lost) => {
    expect(rules.losesLastAdministrator(administrators, leaving)).toBe(lost)
  })
})
