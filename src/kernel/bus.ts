import { sql } from 'kysely'
import pg from 'pg'
import type { Db, Tx } from './db/database.ts'

type Listener = () => void

/**
 * Live fan-out between the processes on one database. A note says only that there is news on a
 * topic; listeners read the news from the database, so a lost note loses nothing.
 */
export interface Bus {
  on(topic: string, listener: Listener): () => void
  stop(): Promise<void>
}

const channel = 'porchlight'
const retryMilliseconds = 1000

/** Says in this transaction that there will be news on `topic` once it commits. */
export async function announce(tx: Tx | Db, topic: string): Promise<void> {
  await sql`select pg_notify(${channel}, ${topic})`.execute(tx)
}

/** Listens on a connection of its own. When the line was lost, every listener is told to look. */
export async function startBus(databaseUrl: string): Promise<Bus> {
  const listeners = new Map<string, Set<Listener>>()
  let client: pg.Client | null = null
  let stopped = false
  const tell = (topic?: string): void => {
    for (const [name, group] of listeners)
      if (!topic || name === topic) for (const listener of group) listener()
  }
  const connect = async (): Promise<void> => {
    client = new pg.Client({
      connectionString: databaseUrl,
      application_name: 'porchlight-bus',
      keepAlive: true,
    })
    client.on('notification', (note) => tell(note.payload))
    client.on('error', () => {})
    client.on('end', retry)
    await client.connect()
    await client.query(`listen ${channel}`)
  }
  const retry = (): void => {
    if (!stopped)
      setTimeout(
        () =>
          connect().then(
            () => tell(),
            () => {},
          ),
        retryMilliseconds,
      ).unref()
  }
  await connect()
  return {
    on(topic, listener) {
      const group = listeners.get(topic) ?? new Set()
      listeners.set(topic, group.add(listener))
      return () => group.delete(listener)
    },
    async stop() {
      stopped = true
      await client?.end().catch(() => {})
    },
  }
}
