import type { ServerResponse } from 'node:http'
import type { Socket } from 'node:net'
import type { Bus } from '../kernel/bus.ts'
import { limits } from '../kernel/limits.ts'
import type { OpennessRoom } from './room.ts'
import { lastSeq } from './store.ts'
import { entriesAfter, type StreamEntry } from './stream-entries.ts'

const heartbeatMilliseconds = 20_000
const pageSize = 500
const drainMilliseconds = 60_000

interface Client {
  /**
   * Written to past `response`: for ten thousand listeners the framing that it adds to each write
   * costs as much again as the write.
   */
  socket: Socket
  areas: ReadonlySet<string> | null
  /** The last number this client was sent or skipped over. */
  seq: number
}

/** The live stream: server-sent events, resumable without a gap by Last-Event-ID. */
export interface Stream {
  /** Takes over a response. `after` is the last number the client has, or null for "from now". */
  join(
    response: ServerResponse,
    areas: readonly string[] | null,
    after: number | null,
  ): Promise<void>
  stop(): void
  readonly clients: number
}

/**
 * Starts the stream of one process. Every wake-up reads the record after the last number sent, so
 * a note that is lost or comes twice changes nothing. One chunk is built for all clients.
 */
export async function startStream(room: OpennessRoom, bus: Bus): Promise<Stream> {
  const { db, metrics, log } = room.kernel
  const clients = new Set<Client>()
  let seq = await lastSeq(db)
  let reading = false
  let again = false

  const leave = (client: Client): void => {
    if (clients.delete(client)) metrics.streamClients.set(clients.size)
    client.socket.destroy()
  }
  const send = (client: Client, chunk: Buffer): void => {
    // A reader that has stopped reading is let go: it resumes by number when it can read again.
    if (client.socket.writableLength > limits.streamBacklogBytes) leave(client)
    else client.socket.write(chunk)
  }
  const give = (client: Client, entry: StreamEntry, chunk: Buffer): void => {
    if (client.seq >= entry.seq) return
    client.seq = entry.seq
    if (concerns(entry, client.areas)) send(client, chunk)
  }
  const deliver = (entry: StreamEntry): void => {
    const chunk = entry.chunk()
    for (const client of clients) give(client, entry, chunk)
  }
  const read = async (): Promise<void> => {
    for (;;) {
      again = false
      const entries = await entriesAfter(room, seq, pageSize)
      for (const entry of entries) {
        seq = entry.seq
        deliver(entry)
      }
      if (entries.length < pageSize && !again) return
    }
  }
  const wake = (): void => {
    again = true
    if (reading) return
    reading = true
    void read()
      .catch(() => log('warn', 'stream could not read'))
      .finally(() => {
        reading = false
        if (again) wake()
      })
  }
  const off = bus.on('publications', wake)
  const beat = setInterval(() => {
    wake()
    const chunk = Buffer.from(
      `event: heartbeat\ndata: {"now":"${room.kernel.clock.now().toISOString()}"}\n\n`,
    )
    for (const client of clients) send(client, chunk)
  }, heartbeatMilliseconds)

  /** Joins the common reader only in the instant when the client has all that reader gave. */
  const catchUp = async (client: Client): Promise<void> => {
    for (;;) {
      const missed = await entriesAfter(room, client.seq, pageSize)
      for (const entry of missed) {
        await drained(client.socket)
        give(client, entry, entry.chunk())
      }
      if (client.socket.destroyed) return
      if (missed.length === 0 && client.seq >= seq) break
    }
    if (client.socket.destroyed) return
    clients.add(client)
    metrics.streamClients.set(clients.size)
  }
  return {
    async join(response, areas, after) {
      const client: Client = {
        socket: begin(response),
        areas: areas && new Set(areas),
        seq: after === null ? seq : Math.min(after, await lastSeq(db)),
      }
      client.socket.write(
        `retry: 3000\nevent: heartbeat\ndata: {"now":"${room.kernel.clock.now().toISOString()}"}\n\n`,
      )
      client.socket.on('close', () => leave(client))
      await catchUp(client)
    },
    stop() {
      off()
      clearInterval(beat)
      for (const client of clients) client.socket.end()
      clients.clear()
    },
    get clients() {
      return clients.size
    },
  }
}

/** Sends the headers of a stream that ends with its line, and answers the line. */
function begin(response: ServerResponse): Socket {
  response.useChunkedEncodingByDefault = false
  response.shouldKeepAlive = false
  response.writeHead(200, {
    'content-type': 'text/event-stream; charset=utf-8',
    'cache-control': 'no-store',
    'x-accel-buffering': 'no',
    'x-content-type-options': 'nosniff',
  })
  response.flushHeaders()
  const socket = response.socket as Socket
  // An event is whole in one write: it waits for no other to be sent.
  socket.setNoDelay(true)
  return socket
}

/** Whoever catches up reads at their own pace; one that reads nothing for a minute is let go. */
async function drained(socket: Socket): Promise<void> {
  if (!socket.writableNeedDrain || socket.destroyed) return
  const late = setTimeout(() => socket.destroy(), drainMilliseconds)
  await new Promise<void>((resolve) => {
    socket.once('drain', resolve)
    socket.once('close', resolve)
  })
  clearTimeout(late)
}

const concerns = ({ areaIds }: StreamEntry, areas: ReadonlySet<string> | null): boolean =>
  areas === null || areaIds.some((id) => areas.has(id))
