import type { Tx } from './db/database.ts'
import { addJob } from './jobs.ts'

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
}

/** Which jobs follow which events: how rooms hear of each other without knowing each other. */
export type Subscriptions = Record<string, readonly Subscription[]>

/** Appends an event and asks for the jobs that follow it, in the caller's transaction (outbox). */
export type Emit = (tx: Tx, event: DomainEvent) => Promise<void>

/** The program's one way to emit, made by the composition root from what the rooms subscribe to. */
export const makeEmit =
  (subscriptions: Subscriptions): Emit =>
  async (tx, event) => {
    await appendEvent(tx, event)
    for (const { job, queue } of subscriptions[event.type] ?? [])
      await addJob(
        tx,
        job,
        { eventId: event.id, streamId: event.streamId, ...event.data },
        { queue },
      )
  }

async function appendEvent(tx: Tx, event: DomainEvent): Promise<void> {
  await tx
    .insertInto('events')
    .values({
      id: event.id,
      stream: event.stream,
      stream_id: event.streamId,
      type: event.type,
      actor_id: event.actorId,
      data: JSON.stringify(event.data),
      at: event.at,
    })
    .execute()
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
