import { sql } from 'kysely'
import { Alert } from './contract-alert.ts'
import { type Halt, readHalt } from './halt.ts'
import type { AlertsRoom } from './room.ts'

/** One word of the last days as the desk sees it. */
export interface SentWord {
  incidentId: string
  revision: number
  kind: string
  drill: boolean
  /** A drill that can still be ended. */
  running: boolean
  place: string
  at: string
  /** Why it was not signed; null where it was. */
  refusal: string | null
  accepted: number
  failed: number
  /** Messages that are not on their way yet or not over. */
  waiting: number
  confirmed: number
}

const mostWords = 50

/** Whether sending is halted, and what became of the last words, newest first. */
export async function readSending({
  kernel,
}: AlertsRoom): Promise<{ halt: Halt; words: SentWord[] }> {
  const { rows } = await sql<{
    incident_id: string
    revision: number
    document: string
    refusal: string | null
    created_at: Date
    expires_at: Date
    is_last: boolean
    accepted: string
    failed: string
    waiting: string
    confirmed: string
  }>`
    select a.incident_id, a.revision, a.document, a.refusal, a.created_at, a.expires_at, p.accepted, p.failed, p.waiting,
      not exists (select 1 from alerts l where l.incident_id = a.incident_id and l.revision > a.revision) as is_last,
      (select count(*) from alert_receipts r
        where r.incident_id = a.incident_id and r.revision = a.revision) as confirmed
    from (select * from alerts order by created_at desc limit ${mostWords}) a
    cross join lateral (
      select coalesce(sum(accepted), 0) as accepted, coalesce(sum(failed), 0) as failed,
        coalesce(sum(cardinality(subscription_ids)) filter (where finished_at is null), 0) as waiting
      from alert_pages p where p.incident_id = a.incident_id and p.revision = a.revision) p
    order by a.created_at desc`.execute(kernel.db)
  const words = rows.map((row) => {
    const alert = Alert.parse(JSON.parse(row.document))
    return {
      incidentId: row.incident_id,
      revision: row.revision,
      kind: alert.kind,
      drill: alert.drill,
      running:
        alert.drill && row.revision === 1 && row.is_last && row.expires_at > kernel.clock.now(),
      place: alert.place,
      at: row.created_at.toISOString(),
      refusal: row.refusal,
      accepted: Number(row.accepted),
      failed: Number(row.failed),
      waiting: Number(row.waiting),
      confirmed: Number(row.confirmed),
    }
  })
  return { halt: await readHalt(kernel.db), words }
}
