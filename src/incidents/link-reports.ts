import { gridDisk } from 'h3-js'
import { sql } from 'kysely'
import { announce } from '../kernel/bus.ts'
import type { Tx } from '../kernel/db/database.ts'
import { type ReportRow, reportsById, unlinkedReports } from '../reports/index.ts'
import { type Linked, type Match, matchesOf } from './choose-incident.ts'
import type { Status } from './contract.ts'
import type { LinkFacts } from './features.ts'
import { factsById, factsForLinking } from './link-facts.ts'
import { factsOf, refreshIncident, rowOf } from './refresh.ts'
import type { IncidentsRoom } from './room.ts'
import { reasonsFor, thresholds } from './score-link.ts'
import {
  candidates,
  incidentOfReport,
  insertIncident,
  insertProposal,
  lockIncident,
  notSetAside,
  putLink,
  updateIncident,
} from './store.ts'

/** Reports compared with one new report; the nearest in time first. */
const mostCandidates = 300
/** Hours before and after within which two sightings can be of one event. */
const windowHours = 12
const batch = 200
/** Most proposals made for one report: a person compares them side by side. */
const mostProposals = 3
const live: readonly Status[] = ['open', 'confirmed', 'other-agency', 'unfounded']

/** Any number: linkers of all processes take turns on it. */
const linkingLock = 7_043_222

/**
 * Links every report that no incident holds yet, each in a transaction of its own and all
 * processes in turn, so that two accounts of one event never open two incidents at once. Answers
 * how many were linked. One that fails does not keep the others: it is thrown at the end.
 */
export async function linkReports(room: IncidentsRoom): Promise<number> {
  const failed = new Map<string, unknown>()
  let linked = 0
  for (;;) {
    const waiting = await unlinkedReports(room.kernel.db, batch + failed.size)
    const fresh = waiting.filter(({ id }) => !failed.has(id))
    for (const { id } of fresh)
      await linkReport(room, id).then(
        (done) => (linked += done ? 1 : 0),
        (error) => failed.set(id, error),
      )
    if (fresh.length < batch) break
  }
  const [error] = failed.values()
  if (error) throw error
  return linked
}

/** Links one report, unless it is linked already or was taken back. */
export function linkReport(room: IncidentsRoom, reportId: string): Promise<boolean> {
  return room.kernel.db.transaction().execute(async (tx) => {
    await sql`select pg_advisory_xact_lock(${linkingLock})`.execute(tx)
    const [report] = await reportsById(room.reports, tx, [reportId])
    if (!report || report.retracted_at || (await incidentOfReport(tx, reportId))) return false
    await linkOne(room, tx, report)
    await announce(tx, 'desk')
    return true
  })
}

async function linkOne(room: IncidentsRoom, tx: Tx, report: ReportRow): Promise<void> {
  const facts = factsForLinking(report)
  const matches = await matchesFor(room, tx, report, facts)
  const best = await joinable(tx, matches[0])
  const incidentId = best?.incidentId ?? (await openIncident(room, tx, report))
  await putLink(tx, {
    reportId: report.id,
    incidentId,
    linkedBy: best ? 'rule' : 'first',
    score: best?.probability ?? null,
    reasons: best ? reasonsFor(facts, best.nearest.facts) : [],
    at: report.received_at,
  })
  if (best) await joined(room, tx, incidentId)
  else await propose(tx, report, facts, matches)
  await room.emit(tx, {
    incidentId,
    type: 'incident.report-linked',
    actorId: null,
    data: { reportId: report.id, linkedBy: best ? 'rule' : 'first' },
  })
}

/** What was set aside comes back once somebody else's words join it: one hand's repeating does not do that. */
async function joined(room: IncidentsRoom, tx: Tx, id: string): Promise<void> {
  const before = await lockIncident(tx, id)
  const facts = await refreshIncident(room, tx, id)
  if (!before?.set_aside_at || (facts?.alike && facts.alike === before.alike)) return
  await updateIncident(tx, id, notSetAside)
  await room.emit(tx, { incidentId: id, type: 'incident.returned', actorId: null, data: {} })
}

/** The match, if it is sure enough and its incident, now locked, has not been merged or ended since. */
async function joinable(tx: Tx, match: Match<Linked> | undefined): Promise<Match<Linked> | null> {
  if (!match || match.probability < thresholds.join) return null
  const incident = await lockIncident(tx, match.incidentId)
  return incident && (live as readonly string[]).includes(incident.status) ? match : null
}

async function propose(
  tx: Tx,
  report: ReportRow,
  facts: LinkFacts,
  matches: readonly Match<Linked>[],
): Promise<void> {
  for (const match of matches
    .filter(({ probability }) => probability >= thresholds.propose)
    .slice(0, mostProposals))
    await insertProposal(tx, {
      report_id: report.id,
      incident_id: match.incidentId,
      score: match.probability,
      reasons: reasonsFor(facts, match.nearest.facts),
      decided_at: null,
      created_at: report.received_at,
    })
}

async function openIncident(room: IncidentsRoom, tx: Tx, report: ReportRow): Promise<string> {
  const owner = { id: room.kernel.ids.code(), created_at: report.received_at }
  const { id } = owner
  await insertIncident(tx, {
    ...owner,
    status: 'open',
    ...rowOf(room, owner, factsOf(room, [report])),
    pending_finding: null,
    pending_basis: null,
    pending_by: null,
    pending_organisation_id: null,
    pending_at: null,
    pending_approval: null,
    ...notSetAside,
    revision: 0,
    confirmed_at: null,
    expires_at: null,
    merged_into: null,
  })
  await room.emit(tx, { incidentId: id, type: 'incident.opened', actorId: null, data: {} })
  return id
}

/** The live incidents this report may belong to, likeliest first. */
async function matchesFor(
  room: IncidentsRoom,
  tx: Tx,
  report: ReportRow,
  facts: LinkFacts,
): Promise<Match<Linked>[]> {
  const spread = windowHours + report.time_uncertainty_minutes / 60
  const found = await candidates(tx, {
    // Words that nobody has put on the map are compared with other such words only: not with a whole city.
    cells: report.cell ? gridDisk(report.cell, 1) : [],
    around: report.observed_at ?? report.received_at,
    hours: spread,
    live,
    limit: mostCandidates,
  })
  const known = await factsById(room, tx, found)
  return matchesOf(
    facts,
    found.flatMap(({ report_id, incident_id: incidentId }) => {
      const theirs = known.get(report_id)
      return theirs ? [{ incidentId, facts: theirs }] : []
    }),
  )
}
