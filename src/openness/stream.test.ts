import { createConnection } from 'node:net'
import { createParser } from 'eventsource-parser'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { type TestApp, testApp } from '../../test/harness.ts'
import { until } from '../../test/program.ts'
import type { PublicIncident } from '../incidents/index.ts'
import { limits } from '../kernel/limits.ts'
import { publishIncident } from './publish-incident.ts'

let app: TestApp
let port: number
beforeAll(async () => {
  app = await testApp()
  port = Number(new URL(await app.server.listen({ port: 0, host: '127.0.0.1' })).port)
})
afterAll(() => app.stop())

let made = 0
/** Puts one more word on the public record, as the job does; `padding` makes it heavy. */
async function publish(padding = ''): Promise<void> {
  const at = app.clock.now().toISOString()
  const snapshot: PublicIncident = {
    id: `TEST-${made++}`,
    revision: 1,
    status: 'confirmed',
    activity: 'stop',
    precision: 'corner',
    placeLabel: `a corner${padding}`,
    areaIds: ['harbour'],
    geometry: null,
    observedAt: at,
    publishedAt: at,
    confirmedAt: at,
    updatedAt: at,
    expiresAt: new Date(app.clock.now().getTime() + 3_600_000).toISOString(),
    correction: null,
  }
  const payload = {
    eventId: app.kernel.ids.uuid(),
    streamId: snapshot.id,
    kind: 'confirmed' as const,
    snapshot,
  }
  await publishIncident(app.app.openness, payload)
}

/** Reads the stream after a number until it has so many words, or is told to stop. */
async function read(after: number | null, count: number): Promise<number[]> {
  const stop = new AbortController()
  const headers: Record<string, string> = after === null ? {} : { 'last-event-id': String(after) }
  const response = await fetch(`http://127.0.0.1:${port}/api/v1/stream`, {
    headers,
    signal: stop.signal,
  })
  const seqs: number[] = []
  const parser = createParser({
    onEvent: ({ event, id, data }) => {
      if (event !== 'incident') return
      expect(JSON.parse(data)).toMatchObject({ type: 'Feature', kind: 'confirmed' })
      seqs.push(Number(id))
    },
  })
  const text = response.body?.pipeThrough(new TextDecoderStream()).getReader()
  while (text && seqs.length < count) {
    // Let go for being slow is no error: it resumes.
    const piece = await text.read().catch(() => null)
    if (!piece || piece.done) break
    parser.feed(piece.value)
  }
  stop.abort()
  return seqs.slice(0, count)
}

/** Listens for so many words in all, on as many lines as it takes, `piece` words a line. */
async function follow(start: number, total: number, piece: number): Promise<number[]> {
  const seen: number[] = []
  while (seen.length < total)
    seen.push(...(await read(seen.at(-1) ?? start, Math.min(piece, total - seen.length))))
  return seen
}

const seqNow = async (): Promise<number> =>
  Number((await app.app.pool.query('select seq from publication_counter')).rows[0].seq)
const from = (first: number, count: number): number[] =>
  Array.from({ length: count }, (_, i) => first + i)

test('whoever resumes by number misses nothing, gets nothing twice, and gets it in order', async () => {
  const start = await seqNow()
  const total = 120
  const publishing = (async () => {
    for (let i = 0; i < total; i += 6) await Promise.all(from(0, 6).map(() => publish()))
  })()
  const listeners = [7, 13, 29, 50].map((piece) => follow(start, total, piece))
  await publishing
  for (const seen of await Promise.all(listeners)) expect(seen).toEqual(from(start + 1, total))
})

test('a number from the future is read as now', async () => {
  const next = read(9_999_999, 1)
  await until(() => clients() > 0, 5000, 'the listener has joined')
  const before = await seqNow()
  await publish()
  expect(await next).toEqual([before + 1])
})

const clients = (): number => {
  const metric = app.kernel.metrics.streamClients as unknown as {
    hashMap: Record<string, { value: number }>
  }
  return Object.values(metric.hashMap)[0]?.value ?? 0
}

test('a reader that does not read is let go, and the others hear everything', async () => {
  await until(() => clients() === 0, 5000, 'earlier listeners have left')
  const slow = createConnection({ port, host: '127.0.0.1' })
  slow.on('error', () => {})
  slow.write('GET /api/v1/stream HTTP/1.1\r\nHost: x\r\n\r\n')
  slow.pause()
  await until(() => clients() === 1, 5000, 'the slow reader has joined')
  const start = await seqNow()
  // Far more than the kernel's own buffers and ours together.
  const count = 200
  const heavy = 'x'.repeat(limits.streamBacklogBytes / 4)
  const good = follow(start, count, count)
  for (let i = 0; i < count; i++) await publish(heavy)
  expect(await good).toEqual(from(start + 1, count))
  await until(() => clients() === 0, 10_000, 'the slow reader was let go')
  slow.destroy()
})

test('whoever was away for long catches up on one line, however much it is', async () => {
  const last = await seqNow()
  // What the test before made: some fifty times what a reader may leave unread.
  expect(await read(last - 200, 200)).toEqual(from(last - 199, 200))
})
