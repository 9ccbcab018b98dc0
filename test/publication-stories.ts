import fc from 'fast-check'
import type { Basis, Finding } from '../src/incidents/contract.ts'

/** What a person, or time, tries to do next. Numbers choose among what there is at that moment. */
export type Step =
  | { kind: 'report'; who: number; place: number; media: boolean }
  | { kind: 'find'; who: number; which: number; finding: Finding; basis: Basis }
  | { kind: 'sign-off'; who: number; which: number; finding: Finding | null }
  | { kind: 'end'; who: number; which: number }
  | { kind: 'correct'; who: number; which: number }
  | { kind: 'undo'; who: number; which: number }
  | { kind: 'retract'; who: number; which: number }
  | { kind: 'split'; who: number; which: number }
  | { kind: 'set-aside'; who: number; which: number }
  | { kind: 'merge'; who: number; which: number; other: number }
  | { kind: 'wait'; minutes: number }

const n = fc.nat(9)
const finding = fc.constantFrom<Finding>(
  'confirmed',
  'confirmed',
  'other-agency',
  'unfounded',
  'inconclusive',
)
const basis = fc.constantFrom<Basis>('on-scene', 'on-scene', 'independent-reports')

/** Any story of an evening: reports, findings and sign-offs far more often than the rest. */
const step: fc.Arbitrary<Step> = fc.oneof(
  {
    weight: 4,
    arbitrary: fc.record({
      kind: fc.constant('report' as const),
      who: n,
      place: n,
      media: fc.boolean(),
    }),
  },
  {
    weight: 6,
    arbitrary: fc.record({ kind: fc.constant('find' as const), who: n, which: n, finding, basis }),
  },
  {
    weight: 8,
    arbitrary: fc.record({
      kind: fc.constant('sign-off' as const),
      who: n,
      which: n,
      finding: fc.option(finding, { freq: 6, nil: null }).map((f) => f),
    }),
  },
  {
    weight: 3,
    arbitrary: fc.record({
      kind: fc.constantFrom(
        'end' as const,
        'correct' as const,
        'undo' as const,
        'retract' as const,
        'split' as const,
        'set-aside' as const,
      ),
      who: n,
      which: n,
    }),
  },
  {
    weight: 2,
    arbitrary: fc.record({ kind: fc.constant('merge' as const), who: n, which: n, other: n }),
  },
  {
    weight: 2,
    arbitrary: fc.record({
      kind: fc.constant('wait' as const),
      minutes: fc.constantFrom(5, 60, 179, 181),
    }),
  },
)

/** Two people in a row, as on a good day: without these a story would seldom publish anything. */
const pair: fc.Arbitrary<Step[]> = fc
  .record({ who: n, other: n, which: n, finding })
  .map(({ who, other, which, ...found }) => [
    { kind: 'find', who, which, ...found, basis: 'on-scene' },
    { kind: 'sign-off', who: other, which, finding: null },
  ])

/** Residents have reported two things before anybody of the desk does anything. */
const opening: Step[] = [0, 1].map((place) => ({ kind: 'report', who: 9, place, media: false }))

/** A whole story of so many steps, or pairs of them. */
export const storyOf = (fewest: number, most: number): fc.Arbitrary<Step[]> =>
  fc
    .array(
      fc.oneof({ weight: 3, arbitrary: step.map((one) => [one]) }, { weight: 2, arbitrary: pair }),
      {
        minLength: fewest,
        maxLength: most,
        size: 'max',
      },
    )
    .map((parts) => [...opening, ...parts.flat()])

/** People of two organisations, several roles each: who may find may often sign as well. */
export const people = [
  { name: 'Ana', organisation: 'Harbour Neighbours', roles: ['verifier', 'approver'] },
  { name: 'Ben', organisation: 'Harbour Neighbours', roles: ['approver', 'operator'] },
  { name: 'Chen', organisation: 'Hillside Legal', roles: ['verifier', 'operator'] },
  { name: 'Dara', organisation: 'Hillside Legal', roles: ['operator', 'verifier', 'approver'] },
] as const
