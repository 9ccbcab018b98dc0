import { type Action, type IncidentState, type Question, refusal } from '../src/incidents/rules.ts'
import type { Actor } from '../src/kernel/http/actor.ts'

export const now = new Date('2026-11-23T18:00:00Z')
export const ago = (hours: number): Date => new Date(now.getTime() - hours * 3_600_000)
export const policy = { expiryHours: 3, fadeHours: 6, differentOrganisations: true }

export const person = (personId: string, organisationId: string, ...roles: string[]): Actor => ({
  personId,
  name: personId,
  organisationId,
  organisation: organisationId,
  roles,
  by: 'session',
  steppedUpAt: null,
})
const vera = person('vera', 'harbour', 'verifier')
const omar = person('omar', 'harbour', 'operator')
const ada = person('ada', 'hillside', 'approver')
const both = person('vera', 'harbour', 'verifier', 'approver')
const neighbour = person('nadia', 'harbour', 'approver')
export const everyone = person('eve', 'pier', 'operator', 'verifier', 'approver', 'dispatcher')

export const open: IncidentState = {
  status: 'open',
  pending: null,
  reporterIds: [],
  firstHandWithMedia: 0,
  reportCount: 2,
  expiresAt: null,
  lastReportAt: ago(1),
  setAside: false,
}
export const found: IncidentState = {
  ...open,
  pending: {
    finding: 'confirmed',
    basis: 'on-scene',
    by: 'vera',
    organisationId: 'harbour',
    at: ago(1),
  },
}
const confirmed: IncidentState = { ...open, status: 'confirmed', expiresAt: ago(-2) }
const stale: IncidentState = { ...confirmed, expiresAt: ago(0) }

export const ask = (
  action: Action,
  actor: Actor | null,
  state: IncidentState,
  extra: Partial<Question> = {},
) => refusal({ action, actor, state, now, policy, ...extra })
const onScene = { finding: 'confirmed', basis: 'on-scene' } as const
const byReports = { finding: 'confirmed', basis: 'independent-reports' } as const
export const signed = { finding: 'confirmed' } as const

/** What is asked, in words, what the table answers, and what it must answer. */
export const cases: [name: string, got: string | null, expected: string | null][] = [
  ['a verifier on scene confirms', ask('find', vera, open, onScene), null],
  ['an operator is not on scene', ask('find', omar, open, onScene), 'incident/needs-verifier'],
  [
    'one report with media is not two',
    ask('find', omar, { ...open, firstHandWithMedia: 1 }, byReports),
    'incident/needs-two-reports-with-media',
  ],
  [
    'two reports with media are two',
    ask('find', omar, { ...open, firstHandWithMedia: 2 }, byReports),
    null,
  ],
  [
    'a verifier far away needs the two reports as well',
    ask('find', vera, open, byReports),
    'incident/needs-two-reports-with-media',
  ],
  [
    'an operator may find nothing there',
    ask('find', omar, open, { finding: 'unfounded', basis: 'independent-reports' }),
    null,
  ],
  [
    'a reporter does not find their own report',
    ask('find', vera, { ...open, reporterIds: ['vera'] }, onScene),
    'incident/own-report',
  ],
  [
    'nor find it unfounded',
    ask('find', vera, { ...open, reporterIds: ['vera'] }, { finding: 'unfounded' }),
    'incident/own-report',
  ],
  ['an approver does not find', ask('find', ada, open, onScene), 'incident/not-permitted'],
  ['a stranger does not find', ask('find', null, open, onScene), 'incident/not-permitted'],
  ['a published one is confirmed again', ask('find', vera, confirmed, onScene), null],
  [
    'an ended one is not',
    ask('find', vera, { ...open, status: 'ended' }, onScene),
    'incident/wrong-state',
  ],
  [
    'one past its expiry is not, before any job ran',
    ask('find', vera, stale, onScene),
    'incident/expired',
  ],
  ['a second person of another organisation signs off', ask('sign-off', ada, found, signed), null],
  ['the finder does not', ask('sign-off', both, found, signed), 'incident/needs-second-person'],
  [
    'nor somebody of the same organisation',
    ask('sign-off', neighbour, found, signed),
    'incident/needs-second-organisation',
  ],
  [
    'unless the city allows it',
    refusal({
      action: 'sign-off',
      actor: neighbour,
      state: found,
      now,
      policy: { ...policy, differentOrganisations: false },
      ...signed,
    }),
    null,
  ],
  [
    'the finder does not even then',
    refusal({
      action: 'sign-off',
      actor: both,
      state: found,
      now,
      policy: { ...policy, differentOrganisations: false },
      ...signed,
    }),
    'incident/needs-second-person',
  ],
  [
    'a reporter does not sign off',
    ask('sign-off', ada, { ...found, reporterIds: ['ada'] }, signed),
    'incident/own-report',
  ],
  [
    'nor is a finding signed whose finder reported it since',
    ask('sign-off', ada, { ...found, reporterIds: ['vera'] }, signed),
    'incident/own-report',
  ],
  [
    'there is nothing to sign off without a finding',
    ask('sign-off', ada, open, signed),
    'incident/no-finding',
  ],
  [
    'one signs what one read',
    ask('sign-off', ada, found, { finding: 'unfounded' }),
    'incident/finding-changed',
  ],
  [
    'a finding of three hours ago is too old',
    ask(
      'sign-off',
      ada,
      {
        ...found,
        pending: {
          finding: 'confirmed',
          basis: 'on-scene',
          by: 'vera',
          organisationId: 'harbour',
          at: ago(3),
        },
      },
      signed,
    ),
    'incident/expired',
  ],
  ['a verifier does not sign off', ask('sign-off', vera, found, signed), 'incident/not-permitted'],
  ['one person ends it', ask('end', vera, confirmed), null],
  ['what was never published has no end', ask('end', vera, open), 'incident/wrong-state'],
  [
    'what is unfounded has no end',
    ask('end', vera, { ...confirmed, status: 'unfounded' }),
    'incident/wrong-state',
  ],
  ['one person corrects it, even past its expiry', ask('correct', ada, stale), null],
  ['even once it has ended', ask('correct', ada, { ...open, status: 'ended' }), null],
  ['but not twice', ask('correct', ada, { ...open, status: 'corrected' }), 'incident/wrong-state'],
  [
    'an incident of one report is not split',
    ask('split', omar, { ...open, reportCount: 1 }),
    'incident/one-report',
  ],
  [
    'a merged one is not merged again',
    ask('merge', omar, { ...open, status: 'merged' }),
    'incident/wrong-state',
  ],
  ['an operator sets aside what is open', ask('set-aside', omar, open), null],
  ['a verifier does not', ask('set-aside', vera, open), 'incident/not-permitted'],
  ['nor anybody what is published', ask('set-aside', omar, confirmed), 'incident/wrong-state'],
  ['nor what waits for its second person', ask('set-aside', omar, found), 'incident/finding-waits'],
  ['nor twice', ask('set-aside', omar, { ...open, setAside: true }), 'incident/already-set-aside'],
  [
    'what was set aside may be found all the same',
    ask('find', vera, { ...open, setAside: true }, onScene),
    null,
  ],
  ['and brought back', ask('undo', omar, { ...open, setAside: true }), null],
  [
    'and it fades like any other',
    ask('fade', null, { ...open, setAside: true, lastReportAt: ago(6) }),
    null,
  ],
  ['an operator says that two are two', ask('keep-apart', omar, confirmed), null],
  ['an approver does not', ask('keep-apart', ada, open), 'incident/not-permitted'],
  ['time does not expire what still holds', ask('expire', null, confirmed), 'incident/not-yet'],
  ['time expires what is past', ask('expire', null, stale), null],
  ['a person does not expire anything', ask('expire', everyone, stale), 'incident/not-permitted'],
  [
    'what nobody looked at fades after six hours',
    ask('fade', null, { ...open, lastReportAt: ago(6) }),
    null,
  ],
  ['not before', ask('fade', null, open), 'incident/not-yet'],
  [
    'not while a finding waits',
    ask('fade', null, { ...found, lastReportAt: ago(9) }),
    'incident/not-yet',
  ],
]
