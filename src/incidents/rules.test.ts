import { expect, test } from 'vitest'
import { ago, ask, cases, everyone, found, now, person, signed } from '../../test/rules-cases.ts'
import { statuses } from './contract.ts'
import { actions, harmOf, priority, sentences, statusAfterSignOff, table } from './rules.ts'

test.each(cases)('%s', (_name, got, expected) => {
  expect(got).toBe(expected)
})

test('whatever the state, an action is refused from a state its row does not name', () => {
  for (const action of actions)
    for (const status of statuses) {
      const actor = table[action].roles.length > 0 ? everyone : null
      const why = ask(action, actor, { ...found, status, expiresAt: null }, signed)
      if (!table[action].from.includes(status))
        expect(why, `${action} from ${status}`).toBe('incident/wrong-state')
      else expect(why, `${action} from ${status}`).not.toBe('incident/wrong-state')
    }
})

test('nobody without a role of its row may do anything', () => {
  for (const action of actions)
    for (const role of [
      'responder',
      'lawyer',
      'advocate',
      'records',
      'analyst',
      'frontline',
      'admin',
      'verifier',
    ])
      if (!table[action].roles.includes(role))
        expect(ask(action, person('x', 'y', role), found), `${role} ${action}`).toBe(
          'incident/not-permitted',
        )
})

test('every refusal has its sentence', () => {
  const codes = new Set(cases.flatMap(([, got]) => got ?? []))
  for (const code of codes) expect(sentences[code], code).toMatch(/\.$/)
})

test('an inconclusive sign-off closes what was open and leaves what stands', () => {
  expect(statusAfterSignOff('open', 'inconclusive')).toBe('closed')
  expect(statusAfterSignOff('confirmed', 'inconclusive')).toBe('confirmed')
  expect(statusAfterSignOff('confirmed', 'unfounded')).toBe('unfounded')
})

test('a raid at a school comes before a patrol in the street, and yesterday after both', () => {
  const facts = { reportCount: 1, detained: false, minorsPresent: false, stillThere: false }
  const raid = harmOf({ ...facts, activity: 'raid', placeKind: 'school' })
  const patrol = harmOf({ ...facts, activity: 'patrol', placeKind: 'street' })
  expect(raid).toBeGreaterThan(patrol)
  const at = (harm: number, hours: number, pendingAt: Date | null = null) =>
    priority({ harm, lastObservedAt: ago(hours), lastReportAt: now, pendingAt }, now)
  expect(at(raid, 24)).toBeLessThan(at(patrol, 0))
  expect(at(patrol, 0, now)).toBeGreaterThan(at(patrol, 0))
})
