import { setTimeout as wait } from 'node:timers/promises'
import type { App } from '../app.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { type NewReport, takeReport } from '../reports/index.ts'

/** What somebody tells us, without the moment: that is the script's. */
export type Account = Pick<NewReport, 'activity' | 'firstHand'> &
  Partial<Omit<NewReport, 'place' | 'observedAt'>> & {
    /** A corner, station or park of Lanternport, as one would type it; or words nobody can place. */
    at: string
    /** How long before it was reported it was seen; 4 unless told. */
    minutesBefore?: number
  }

/** Which door a report comes in by. */
export type Door = { by: 'web' } | { by: 'api' } | { by: 'desk'; actor: Actor }

/** A report that was taken. */
export interface Taken {
  id: string
  receipt: string
}

const media = (count: number): NewReport['media'] =>
  Array.from({ length: count }, () => ({ kind: 'photo' as const }))

/** One photo, by the kind only: the demonstration holds no pictures. */
export const aPhoto = media(1)

/** Sends an account through the use case of its door. */
export const tell = (app: App, { at, ...account }: Account, door: Door): Promise<Taken> =>
  tellAt(app, placeOf(app, at), account, door)

/** The same, of a place that is known. */
export async function tellAt(
  app: App,
  place: NewReport['place'],
  account: Omit<Account, 'at'>,
  door: Door,
): Promise<Taken> {
  const { minutesBefore = 4, ...rest } = account
  const { pages, kernel } = app
  const observedAt = new Date(kernel.clock.now().getTime() - minutesBefore * 60_000)
  const report: NewReport = {
    placeKind: 'street',
    ...rest,
    place,
    observedAt: observedAt.toISOString(),
  }
  if (door.by === 'web') return receiptOf(await pages.report(report, null))
  if (door.by === 'desk') return receiptOf(await pages.deskReport(report, door.actor, null))
  const { body } = await takeReport(app.reports, report, { source: 'api' }, null)
  return receiptOf(body as { id: string; receipt: string | null })
}

const receiptOf = ({ id, receipt }: { id: string; receipt: string | null }): Taken => ({
  id,
  receipt: receipt ?? '',
})

/** The place a person would choose from the list, or the words as typed. */
function placeOf({ city }: App, at: string): NewReport['place'] {
  const [hit] = city.search(at, { limit: 1 }).places
  return hit && hit.score > 0.6 ? { placeId: hit.placeId } : { text: at }
}

/** Waits until the jobs have linked, refreshed and published all there is. */
export async function settled({ pool }: App): Promise<void> {
  for (let tries = 0; tries < 1000; tries++) {
    const due = await pool.query(
      'select 1 from graphile_worker.jobs where run_at <= now() and attempts < max_attempts limit 1',
    )
    if (due.rowCount === 0) return
    await wait(10)
  }
  throw new Error('The jobs of the demonstration do not come to an end.')
}

/** The incident a report has become part of, once linked. */
export async function incidentOf(app: App, { id }: Taken): Promise<string> {
  await settled(app)
  const link = await app.kernel.db
    .selectFrom('incident_reports')
    .select('incident_id')
    .where('report_id', '=', id)
    .executeTakeFirstOrThrow()
  return link.incident_id
}
