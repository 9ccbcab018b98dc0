import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { Bus } from '../kernel/bus.ts'

/** A stream ends after this and the page asks again: whoever was suspended since is refused then. */
const lifetimeMilliseconds = 10 * 60_000
const beatMilliseconds = 20_000
/** Changes within this time are one note: a flood must not reload every desk for every report. */
const gatherMilliseconds = 250

/**
 * Tells open desk pages that something changed; they read what, with their own rights. Nothing
 * about any incident is in the stream itself.
 */
export function deskStream(app: FastifyInstance, bus: Bus): { stop(): void } {
  const clients = new Set<ServerResponse>()
  const tell = (chunk: string): void => {
    for (const client of clients) client.write(chunk)
  }
  let waiting = false
  const off = bus.on('desk', () => {
    if (waiting) return
    waiting = true
    setTimeout(() => {
      waiting = false
      tell('event: changed\ndata: {}\n\n')
    }, gatherMilliseconds).unref()
  })
  const beat = setInterval(() => tell(': still here\n\n'), beatMilliseconds)
  const permit = ['operator', 'verifier', 'approver', 'dispatcher']
  app.get('/api/v1/desk/stream', { config: { permit } }, (_request, reply) => {
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, {
      'content-type': 'text/event-stream',
      'cache-control': 'no-store',
      'x-accel-buffering': 'no',
    })
    raw.write('retry: 2000\n\n')
    clients.add(raw)
    const end = setTimeout(() => raw.end(), lifetimeMilliseconds)
    raw.on('close', () => {
      clearTimeout(end)
      clients.delete(raw)
    })
  })
  return {
    stop() {
      off()
      clearInterval(beat)
      for (const client of clients) client.end()
    },
  }
}
