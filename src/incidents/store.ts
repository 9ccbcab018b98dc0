import { type Selectable, sql } from 'kysely'
import { addHours } from '../kernel/clock.ts'
import type { Db, Tx } from '../kernel/db/database.ts'
import type { Database } from '../schema.ts'
import type { Reason, Status } from './contract.ts'

export type IncidentRow = Selectable<Database['incidents']>
export type ProposalRow = Selectable<Database['proposed_links']>

/** Locks one incident for this transaction; undefined if there is none. */
export const lockIncident = (tx: Tx, id: string): Promise<IncidentRow | undefined> =>
  tx.selectFrom('incidents').selectAll().where('id', '=', id).forUpdate().executeTakeFirst()

/** In the queue like any other. */
export const notSetAside = { set_aside_at: null, set_aside_act: null } as const

/** Locks several, in the order of their ids so that two askers cannot wait for each other. */
export const lockIncidents = (tx: Tx, ids: readonly string[]): Promise<IncidentRow[]> =>
  tx
    .selectFrom('incidents')
    .selectAll()
    .where('id', 'in', [...ids])
    .orderBy('id')
    .forUpdate()
    .execute()

export const incidentById = (db: Db | Tx, id: string): Promise<IncidentRow | undefined> =>
  db.selectFrom('incidents').selectAll().where('id', '=', id).executeTakeFirst()

export const insertIncident = (tx: Tx, row: IncidentRow): Promise<unknown> =>
  tx.insertInto('incidents').values(row).execute()

export const updateIncident = (
  tx: Tx,
  id: string,
  change: Partial<IncidentRow>,
): Promise<unknown> => tx.updateTable('incidents').set(change).where('id', '=', id).execute()

export interface Link {
  reportId: string
  incidentId: string
  linkedBy: 'rule' | 'person' | 'first'
  score: number | null
  reasons: Reason[]
  at: Date
}

/** Puts a report into an incident, wherever it was before. */
export const putLink = (tx: Tx, link: Link): Promise<unknown> =>
  tx
    .insertInto('incident_reports')
    .values({
      report_id: link.reportId,
      incident_id: link.incidentId,
      linked_by: link.linkedBy,
      score: link.score,
      reasons: JSON.stringify(link.reasons),
      created_at: link.at,
    })
    .onConflict((conflict) =>
      conflict.column('report_id').doUpdateSet((eb) => ({
        incident_id: eb.ref('excluded.incident_id'),
        linked_by: eb.ref('excluded.linked_by'),
        score: eb.ref('excluded.score'),
        reasons: eb.ref('excluded.reasons'),
      })),
    )
    .execute()

/** Moves reports from one incident to another. */
export const moveReports = (tx: Tx, reportIds: readonly string[], to: string): Promise<unknown> =>
  tx
    .updateTable('incident_reports')
    .set({ incident_id: to, linked_by: 'person' })
    .where('report_id', 'in', [...reportIds])
    .execute()

/** The links of an incident: which reports, and why. */
export const linksOf = (db: Db | Tx, incidentId: string) =>
  db
    .selectFrom('incident_reports')
    .selectAll()
    .where('incident_id', '=', incidentId)
    .orderBy('created_at')
    .orderBy('report_id')
    .execute()

/** The incident a report is in. */
export const incidentOfReport = (db: Db | Tx, reportId: string) =>
  db.selectFrom('incident_reports').selectAll().where('report_id', '=', reportId).executeTakeFirst()

/** A report and the incident it is in: what a new report is compared with. */
export interface Candidate {
  incident_id: string
  report_id: string
  cell: string | null
}

/** Hours by which the time of a report may be off at most: only its day is known. */
const mostUncertainHours = 24

/**
 * Reports of live incidents in these cells, or not on the map yet, seen within so many hours of a
 * moment or, as far as anybody knows, possibly so. The nearest in time first.
 */
export function candidates(
  tx: Tx,
  where: {
    cells: readonly string[]
    around: Date
    hours: number
    live: readonly Status[]
    limit: number
  },
): Promise<Candidate[]> {
  const seen = sql<Date>`coalesce(reports.observed_at, reports.received_at)`
  const apart = sql<number>`abs(extract(epoch from ${seen} - ${where.around}::timestamptz))`
  const widest = where.hours + mostUncertainHours
  const [from, to] = [addHours(where.around, -widest), addHours(where.around, widest)]
  return tx
    .selectFrom('reports')
    .innerJoin('incident_reports', 'incident_reports.report_id', 'reports.id')
    .innerJoin('incidents', 'incidents.id', 'incident_reports.incident_id')
    .select(['incidents.id as incident_id', 'reports.id as report_id', 'reports.cell'])
    .where('incidents.status', 'in', [...where.live])
    .where('reports.retracted_at', 'is', null)
    .where((eb) =>
      eb.or([
        eb('reports.observed_at', 'is', null),
        eb.and([eb('reports.observed_at', '>=', from), eb('reports.observed_at', '<=', to)]),
      ]),
    )
    .where(
      apart,
      '<=',
      sql<number>`${Math.round(where.hours * 3600)}::int + 60 * reports.time_uncertainty_minutes`,
    )
    .where((eb) =>
      eb.or([
        eb('reports.cell', 'is', null),
        ...(where.cells.length > 0 ? [eb('reports.cell', 'in', [...where.cells])] : []),
      ]),
    )
    .orderBy(apart)
    .orderBy('reports.id')
    .limit(where.limit)
    .execute()
}

export const insertProposal = (
  tx: Tx,
  row: Omit<ProposalRow, 'reasons'> & { reasons: Reason[] },
): Promise<unknown> =>
  tx
    .insertInto('proposed_links')
    .values({ ...row, reasons: JSON.stringify(row.reasons) })
    .onConflict((conflict) => conflict.doNothing())
    .execute()

/** Every proposal of one report, decided or not, best first. */
export const proposalsOf = (db: Db | Tx, reportId: string): Promise<ProposalRow[]> =>
  db
    .selectFrom('proposed_links')
    .selectAll()
    .where('report_id', '=', reportId)
    .orderBy('score', 'desc')
    .execute()
