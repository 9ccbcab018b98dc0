import fc from 'fast-check'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { deskWithPeople, type LiveDesk } from '../../test/live-desk.ts'
import { playStory, type Rule, refusalOf } from '../../test/publication-model.ts'
import { storyOf } from '../../test/publication-stories.ts'
import type { Question } from './rules.ts'

const stories = storyOf(10, 60)

test('by the rules, no story of any length publishes what two people did not stand behind', () => {
  fc.assert(
    fc.property(stories, (story) => playStory(refusalOf, story)),
    { numRuns: 20_000, seed: 7 },
  )
})

const change =
  (edit: (question: Question) => Question): Rule =>
  (question) =>
    refusalOf(edit(question))
const signing = (edit: (question: Question) => Question): Rule =>
  change((question) => (question.action === 'sign-off' ? edit(question) : question))

/** Rules with one promise broken each: every one must be caught, or the property proves nothing. */
const mutants: [name: string, rule: Rule, caught: RegExp][] = [
  [
    'the finder may sign',
    signing((q) => ({
      ...q,
      actor: q.actor && { ...q.actor, personId: `${q.actor.personId} again` },
    })),
    /two people|neither reported/,
  ],
  [
    'reporters may find and sign',
    change((q) => ({ ...q, state: { ...q.state, reporterIds: [] } })),
    /neither reported/,
  ],
  [
    'a finding never grows old',
    signing((q) => ({
      ...q,
      state: { ...q.state, pending: q.state.pending && { ...q.state.pending, at: q.now } },
    })),
    /fresh/,
  ],
  [
    'what is past is signed again',
    change((q) => ({ ...q, state: { ...q.state, expiresAt: null } })),
    /brought back/,
  ],
  [
    'one signs what was not found',
    signing((q) => ({ ...q, finding: q.state.pending?.finding ?? 'confirmed' })),
    /was found/,
  ],
]

test.each(mutants)('it would be caught if %s', (_name, rule, caught) => {
  const result = fc.check(
    fc.property(stories, (story) => playStory(rule, story)),
    { numRuns: 20_000, seed: 7 },
  )
  expect(result.failed).toBe(true)
  expect(String(result.errorInstance)).toMatch(caught)
})

let desk: LiveDesk
beforeAll(async () => {
  desk = await deskWithPeople()
})
afterAll(() => desk.stop())

test('on the real desk, no story publishes what two people did not stand behind', async () => {
  await fc.assert(
    fc.asyncProperty(storyOf(15, 25), async (story) => {
      await desk.newDay()
      for (const next of story) {
        await desk.take(next)
        await desk.mustHold()
      }
    }),
    { numRuns: 14, endOnFailure: true },
  )
  // A run in which nothing was ever published would prove nothing.
  expect(desk.checked()).toBeGreaterThan(10)
}, 120_000)

test('however many press at once, a finding is published once, by one second person', async () => {
  await desk.newDay()
  await desk.take({ kind: 'report', who: 9, place: 0, media: false })
  await desk.take({ kind: 'find', who: 2, which: 0, finding: 'confirmed', basis: 'on-scene' })
  const before = desk.checked()
  const presses = [0, 1, 3, 0, 1, 3].map((who) =>
    desk.take({ kind: 'sign-off', who, which: 0, finding: 'confirmed' }),
  )
  await Promise.all(presses)
  await desk.mustHold()
  expect(desk.checked()).toBe(before + 1)
})
