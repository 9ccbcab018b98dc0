import { sql } from 'kysely'
import { timeText } from './clock.ts'
import type { Tx } from './db/database.ts'

/** One thing that happened. `data` holds ids, states and coarse facts; never what a person typed. */
export interface DomainEvent {
  id: string
  /** The kind of thing it happened to: `incident`. */
  stream: string
  streamId: string
  /** `incident.confirmed` */
  type: string
  actorId: string | null
  data: Record<string, unknown>
  at: Date
}

/** A job to be asked for whenever an event of a type happens. */
export interface Subscription {
  job: string
  queue: string
  /**
   * The job looks for itself at what there is to do, and is told nothing: one that waits already
   * serves for any number of events, so that a flood asks once.
   */
  together?: true
}

/** Which jobs follow which events: how rooms hear of each other without knowing each other. */
export type Subscriptions = Record<string, readonly Subscription[]>

/** What several rooms subscribe to, as one: each event keeps all of its followers. */
export function together(...all: readonly Subscriptions[]): Subscriptions {
  const merged: Record<string, Subscription[]> = {}
  for (const subscriptions of all)
    for (const [type, followers] of Object.entries(subscriptions))
      merged[type] = [...(merged[type] ?? []), ...followers]
  return merged
}

/** Events and the jobs that follow them as JSON, for SQL that emits by itself (`emit_events`). */
export interface Outbox {
  happened: string
  wishes: string
}

/** Works out what an emission writes. */
export type MakeOutbox = (events: readonly DomainEvent[]) => Outbox

/** The program's one outbox, made by the composition root from what the rooms subscribe to. */
export const makeOutbox =
  (subscriptions: Subscriptions): MakeOutbox =>
  (events) => ({
    happened: JSON.stringify(events.map(eventRow)),
    wishes: JSON.stringify(wishesOf(events, subscriptions)),
  })

/** Appends events and asks for the jobs that follow them, in the caller's transaction. */
export type Emit = (tx: Tx, ...events: DomainEvent[]) => Promise<void>

/** Emits through an outbox. */
export const makeEmit =
  (outbox: MakeOutbox): Emit =>
  async (tx, ...events) => {
    if (events.length === 0) return
    const { happened, wishes } = outbox(events)
    await sql`select emit_events(${happened}::json, ${wishes}::json)`.execute(tx)
  }

/** An event as a row of `events`. */
const eventRow = (event: DomainEvent) => ({
  id: event.id,
  stream: event.stream,
  stream_id: event.streamId,
  type: event.type,
  actor_id: event.actorId,
  data: event.data,
  at: timeText(event.at),
})

/** The jobs that follow these events; of those that serve for any number, one. */
function wishesOf(events: readonly DomainEvent[], subscriptions: Subscriptions): object[] {
  const wishes = new Map<string, object>()
  for (const event of events)
    for (const { job, queue, together: once } of subscriptions[event.type] ?? []) {
      const payload = { eventId: event.id, streamId: event.streamId, ...event.data }
      const wish = { identifier: job, queue_name: queue }
      if (once) wishes.set(job, { ...wish, payload: {}, job_key: job })
      else wishes.set(`${job} ${event.id}`, { ...wish, payload })
    }
  return [...wishes.values()]
}

/** Everything that happened to one thing, oldest first. */
export async function eventsOf(
  tx: Pick<Tx, 'selectFrom'>,
  stream: string,
  streamId: string,
): Promise<DomainEvent[]> {
  const rows = await tx
    .selectFrom('events')
    .selectAll()
    .where('stream', '=', stream)
    .where('stream_id', '=', streamId)
    .orderBy('seq')
    .execute()
  return rows.map((row) => ({
    id: row.id,
    stream: row.stream,
    streamId: row.stream_id,
    type: row.type,
    actorId: row.actor_id,
    data: row.data as Record<string, unknown>,
    at: row.at,
  }))
}

/** The data of the newest event of one type of one thing; null if there was none. */
export async function lastEventData<T>(
  tx: Pick<Tx, 'selectFrom'>,
  stream: string,
  streamId: string,
  type: string,
): Promise<T | null> {
  const row = await tx
    .selectFrom('events')
    .select('data')
    .where('stream', '=', stream)
    .where('stream_id', '=', streamId)
    .where('type', '=', type)
    .orderBy('seq', 'desc')
    .limit(1)
    .executeTakeFirst()
  return row ? (row.data as T) : null
}
