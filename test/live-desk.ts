import { expect } from 'vitest'
import { makeToken } from '../src/desk/index.ts'
import { aReport, corner, type TestApp, testApp } from './harness.ts'
import { policy } from './publication-model.ts'
import { people, type Step } from './publication-stories.ts'

/** The real API on a real database, played by people of two organisations. */
export interface LiveDesk {
  /** Forgets every report and incident; the clock goes on. */
  newDay(): Promise<void>
  take(step: Step): Promise<void>
  /** Throws unless every publication so far was two people's, and nothing past reads as live. */
  mustHold(): Promise<void>
  /** How many publications were looked at. */
  checked(): number
  stop(): Promise<void>
}

type Tokens = Record<string, string>

/** Makes the app, the people and a token for each of their roles. */
export async function deskWithPeople(): Promise<LiveDesk> {
  const app = await testApp()
  const tokens: Tokens[] = []
  for (const { name: person, organisation, roles } of people) {
    const own: Tokens = {}
    for (const role of roles)
      own[role] = (await makeToken(app.kernel, { person, organisation, role, hours: 720 })).token
    tokens.push(own)
  }
  const seen = new Set<string>()
  let receipts: string[] = []
  return {
    async newDay() {
      receipts = []
      await app.app.pool.query(
        'truncate reports, incidents, publications, events, finding_notes cascade',
      )
      app.clock.advance(60)
    },
    async take(step) {
      if (step.kind === 'wait') return wait(app, step.minutes)
      if (step.kind === 'report') return void receipts.push(await report(app, tokens, step))
      if (step.kind === 'retract')
        return retract(app, receipts[step.which % Math.max(1, receipts.length)])
      await act(app, tokens, step)
    },
    mustHold: () => mustHold(app, seen),
    checked: () => seen.size,
    stop: () => app.stop(),
  }
}

/** A person's token for what they try: the role it needs if they hold it, else what they have. */
function tokenFor(tokens: Tokens[], who: number, wanted: readonly string[]): string {
  const own = tokens[who % tokens.length] ?? {}
  return wanted.map((role) => own[role]).find(Boolean) ?? Object.values(own)[0] ?? ''
}

async function wait(app: TestApp, minutes: number): Promise<void> {
  app.clock.advance(minutes)
  // The job of time runs late as often as in time.
  if (minutes < 100) await app.app.jobs['incidents:pass-time']?.({})
  await app.settle()
}

async function report(
  app: TestApp,
  tokens: Tokens[],
  step: Extract<Step, { kind: 'report' }>,
): Promise<string> {
  const body = aReport(app, {
    place: corner(app, step.place % 3),
    ...(step.media ? { media: [{ kind: 'photo' as const }] } : {}),
  })
  const staff = step.who < people.length
  const path = staff ? '/api/v1/desk/reports' : '/api/v1/reports'
  const token = tokenFor(tokens, step.who, ['operator', 'verifier', 'dispatcher'])
  const answer = await app.call('POST', path, { body, ...(staff ? { token } : {}) })
  await app.settle()
  return String(answer.body?.receipt ?? '')
}

async function retract(app: TestApp, receipt: string | undefined): Promise<void> {
  if (!receipt) return
  const headers = { authorization: `Receipt ${receipt}` }
  await app.call('DELETE', '/api/v1/reports/mine', { headers })
  await app.settle()
}

const rolesOf: Record<string, readonly string[]> = {
  find: ['verifier', 'operator'],
  'sign-off': ['approver'],
  end: ['operator', 'verifier', 'approver'],
  correct: ['operator', 'verifier', 'approver'],
}

async function act(
  app: TestApp,
  tokens: Tokens[],
  step: Exclude<Step, { kind: 'wait' | 'report' }>,
): Promise<void> {
  const { rows } = await app.app.pool.query(
    'select id, pending_finding from incidents order by created_at, id',
  )
  const row = rows[step.which % Math.max(1, rows.length)]
  if (!row) return
  const token = tokenFor(tokens, step.who, rolesOf[step.kind] ?? ['operator'])
  const [path, body] = await requestOf(app, step, row, rows)
  const { status, body: answer } = await app.call('POST', `/api/v1/desk/incidents/${path}`, {
    token,
    body,
  })
  expect(status, JSON.stringify(answer)).toBeLessThan(500)
  await app.settle()
}

interface Row {
  id: string
  pending_finding: string | null
}

async function requestOf(
  app: TestApp,
  step: Exclude<Step, { kind: 'wait' | 'report' }>,
  { id, pending_finding }: Row,
  rows: Row[],
): Promise<[path: string, body: unknown]> {
  if (step.kind === 'find') return [`${id}/findings`, { finding: step.finding, basis: step.basis }]
  if (step.kind === 'sign-off')
    return [`${id}/sign-off`, { finding: step.finding ?? pending_finding ?? 'confirmed' }]
  if (step.kind === 'merge') return ['merge', { ids: [id, rows[step.other % rows.length]?.id] }]
  if (step.kind === 'split') {
    const { rows: links } = await app.app.pool.query(
      'select report_id from incident_reports where incident_id = $1 limit 1',
      [id],
    )
    return [`${id}/split`, { reportIds: links.map(({ report_id }) => report_id) }]
  }
  return [`${id}/${step.kind}`, step.kind === 'undo' ? undefined : {}]
}

async function mustHold(app: TestApp, seen: Set<string>): Promise<void> {
  const { pool } = app.app
  const { rows } = await pool.query(
    "select id, incident_id from publications where kind in ('confirmed', 'update') and snapshot->>'status' in ('confirmed', 'other-agency', 'unfounded')",
  )
  for (const { id, incident_id } of rows) {
    if (seen.has(id)) continue
    seen.add(id)
    await twoPeople(app, id, incident_id)
  }
  const { body } = await app.call('GET', '/api/v1/incidents?status=live&since=2020-01-01T00:00:00Z')
  for (const { properties } of body.features)
    expect(Date.parse(properties.expiresAt), 'nothing past reads as live').toBeGreaterThan(
      app.clock.now().getTime(),
    )
}

/** What the event log says of the publication, against who entered the reports it is made of. */
async function twoPeople(app: TestApp, publication: string, incident: string): Promise<void> {
  const { pool } = app.app
  const { rows } = await pool.query(
    "select type, actor_id, at, data from events where stream_id = $1 and seq <= (select seq from events where id = $2) and type in ('incident.found', 'incident.signed-off') order by seq desc",
    [incident, publication],
  )
  const [signed, found] = rows
  expect([signed?.type, found?.type]).toEqual(['incident.signed-off', 'incident.found'])
  expect(signed.data.foundBy, 'the finding signed is the last one found').toBe(found.actor_id)
  expect(signed.actor_id, 'two people').not.toBe(found.actor_id)
  const hours = (signed.at.getTime() - found.at.getTime()) / 3_600_000
  expect(hours, 'the finding was fresh').toBeLessThan(policy.expiryHours)
  const reporters = await pool.query(
    'select entered_by from reports join incident_reports on report_id = reports.id where incident_id = $1 and entered_by is not null',
    [incident],
  )
  const names = reporters.rows.map(({ entered_by }) => entered_by)
  expect(names, 'neither reported it').not.toContain(signed.actor_id)
  expect(names, 'neither reported it').not.toContain(found.actor_id)
}
