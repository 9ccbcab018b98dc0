import type { IncidentsPolicy } from '../src/incidents/contract.ts'
import {
  type IncidentState,
  type Question,
  refusal,
  statusAfterSignOff,
} from '../src/incidents/rules.ts'
import type { Actor } from '../src/kernel/http/actor.ts'
import { people, type Step } from './publication-stories.ts'

export type Rule = (question: Question) => string | null
export const policy: Pick<IncidentsPolicy, 'expiryHours' | 'fadeHours' | 'differentOrganisations'> =
  {
    expiryHours: 3,
    fadeHours: 24,
    differentOrganisations: false,
  }

interface Account {
  by: string
  media: boolean
}
interface Incident {
  status: IncidentState['status']
  pending: IncidentState['pending']
  expiresAt: Date | null
  reports: Account[]
  setAside: boolean
}

const start = Date.parse('2026-11-23T18:00:00Z')
const hour = 3_600_000
const published = ['confirmed', 'other-agency', 'unfounded']

/** A desk without a database: a rule decides, the least of a reducer follows it. */
export function playStory(rule: Rule, story: readonly Step[]): void {
  let now = start
  const incidents: Incident[] = []
  const pick = (which: number): Incident | undefined =>
    incidents[which % Math.max(1, incidents.length)]
  const may = (
    action: Question['action'],
    who: number,
    incident: Incident,
    extra: Partial<Question> = {},
  ): boolean =>
    rule({
      action,
      actor: actorOf(who),
      state: stateOf(incident, now),
      now: new Date(now),
      policy,
      ...extra,
    }) === null

  const find = (s: Extract<Step, { kind: 'find' }>, incident: Incident): void => {
    if (!may('find', s.who, incident, { finding: s.finding, basis: s.basis })) return
    const { personId, organisationId } = actorOf(s.who)
    incident.setAside = false
    incident.pending = {
      finding: s.finding,
      basis: s.basis,
      by: personId,
      organisationId,
      at: new Date(now),
    }
  }
  const signOff = (s: Extract<Step, { kind: 'sign-off' }>, incident: Incident): void => {
    const signed = s.finding ?? incident.pending?.finding ?? 'confirmed'
    if (!may('sign-off', s.who, incident, { finding: signed })) return
    const { pending } = incident
    mustHold(pending !== null && pending.finding === signed, 'what is published was found')
    const signer = actorOf(s.who).personId
    if (signed !== 'inconclusive') {
      mustHold(pending?.by !== signer, 'two people stand behind it')
      mustHold(
        !incident.reports.some(({ by }) => by === signer || by === pending?.by),
        'neither reported it',
      )
      mustHold(now - Number(pending?.at) < policy.expiryHours * hour, 'the finding was fresh')
      mustHold(!isPast(incident, now), 'what had expired is not brought back')
      incident.expiresAt = new Date(now + policy.expiryHours * hour)
    }
    incident.status = statusAfterSignOff(incident.status, signed)
    incident.pending = null
  }
  const end = (s: { who: number }, incident: Incident, status: 'ended' | 'corrected') => {
    if (may(status === 'ended' ? 'end' : 'correct', s.who, incident)) incident.status = status
  }
  const setAside = (s: { who: number }, incident: Incident): void => {
    const before = { ...incident }
    if (!may('set-aside', s.who, incident)) return
    mustHold(before.status === 'open' && !before.pending, 'only what nobody judged is set aside')
    incident.setAside = true
  }
  const deeds: { [K in Step['kind']]?: (s: Extract<Step, { kind: K }>, on: Incident) => void } = {
    find,
    'sign-off': signOff,
    end: (s, on) => end(s, on, 'ended'),
    correct: (s, on) => end(s, on, 'corrected'),
    'set-aside': setAside,
    split: (s, on) => may('split', s.who, on) && split(incidents, on),
    merge: (s, on) => merge(on, pick(s.other), (one) => may('merge', s.who, one)),
  }
  const take = (s: Step): void => {
    if (s.kind === 'wait') now += s.minutes * 60_000
    else if (s.kind === 'report') report(incidents, s)
    else {
      const on = pick(s.which)
      if (on) (deeds[s.kind] as ((s: Step, on: Incident) => void) | undefined)?.(s, on)
    }
  }
  for (const s of story) take(s)
}

export const refusalOf: Rule = refusal

const mustHold = (holds: boolean, promise: string): void => {
  if (!holds) throw new Error(`broken: ${promise}`)
}

const isPast = ({ status, expiresAt }: Incident, now: number): boolean =>
  published.includes(status) && expiresAt !== null && expiresAt.getTime() <= now

const personAt = (who: number): (typeof people)[number] => people[who % people.length] ?? people[0]

function actorOf(who: number): Actor {
  const { name, organisation, roles } = personAt(who)
  return {
    personId: name,
    name,
    organisation,
    organisationId: organisation,
    roles,
    by: 'session',
    steppedUpAt: null,
  }
}

const stateOf = (
  { status, pending, expiresAt, reports, setAside }: Incident,
  now: number,
): IncidentState => ({
  status,
  pending,
  expiresAt,
  reporterIds: reports.map(({ by }) => by),
  firstHandWithMedia: reports.filter(({ media }) => media).length,
  reportCount: reports.length,
  lastReportAt: new Date(now),
  setAside,
})

/** Staff and residents report alike; each place is one incident. */
function report(
  incidents: Incident[],
  { who, place, media }: Extract<Step, { kind: 'report' }>,
): void {
  const by = who < people.length ? personAt(who).name : 'a resident'
  const known = incidents[place % 3]
  if (known) known.reports.push({ by, media })
  else
    incidents.push({
      status: 'open',
      pending: null,
      expiresAt: null,
      reports: [{ by, media }],
      setAside: false,
    })
}

function split(incidents: Incident[], incident: Incident): void {
  const leaving = incident.reports.splice(0, 1)
  incident.pending = null
  incidents.push({
    status: 'open',
    pending: null,
    expiresAt: null,
    reports: leaving,
    setAside: false,
  })
}

function merge(into: Incident, other: Incident | undefined, may: (one: Incident) => boolean): void {
  if (!other || other === into || !may(into) || !may(other) || other.status !== 'open') return
  into.reports.push(...other.reports.splice(0))
  into.pending = null
  Object.assign(other, { status: 'merged', pending: null })
}
