import type { ServerResponse } from 'node:http'
import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { App } from '../app.ts'
import { limits } from '../kernel/limits.ts'
import { notFound, Problem } from '../kernel/problem.ts'
import { playAlerts } from './play-alerts.ts'
import type { PushService } from './push-service/service.ts'

const anyone = { permit: 'anyone' as const }
const Address = z.object({ endpoint: z.string().max(limits.pushEndpointBytes) })
const Key = z.strictObject({
  key: z.string().regex(/^[\w-]{87}$/, { error: 'a VAPID public key' }),
})
const Cells = z.strictObject({
  cells: z
    .array(z.string().regex(/^[0-9a-f]{15}$/))
    .min(1)
    .max(limits.cellsAtOnce),
})

/**
 * What only a demonstration answers: its page takes an address of the push service on this machine and holds the
 * line to it, in the place of the push service of a browser's maker; and alerts are played near cells that it names.
 */
export function pushDoor(server: FastifyInstance, app: App, service: PushService): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  const lines = new Set<ServerResponse>()
  server.addHook('preClose', async () => {
    for (const line of lines) line.end()
  })
  const door = '/api/v1/demo/push'
  routes.post(door, { config: anyone, schema: { hide: true, body: Key } }, async (request, reply) =>
    reply.code(201).send({ endpoint: service.subscribe(request.body.key) }),
  )
  const asked = { config: anyone, schema: { hide: true, querystring: Address } }
  routes.get(`${door}/known`, asked, async (request, reply) => {
    if (!service.holds(request.query.endpoint)) throw notFound()
    return reply.header('cache-control', 'no-store').send({ known: true })
  })
  routes.get(door, asked, async (request, reply) => {
    const { endpoint } = request.query
    if (!service.holds(endpoint)) throw notFound()
    reply.hijack()
    const { raw } = reply
    raw.writeHead(200, { 'content-type': 'text/event-stream', 'cache-control': 'no-store' })
    raw.flushHeaders()
    const leave = service.onMessage(endpoint, ({ body }) => {
      raw.write(`data: ${body.toString('base64')}\n\n`)
    })
    lines.add(raw)
    raw.on('close', () => {
      lines.delete(raw)
      leave()
    })
  })
  playing(server, app)
}

/** One play at a time: they would report each other's corners. */
function playing(server: FastifyInstance, app: App): void {
  const routes = server.withTypeProvider<ZodTypeProvider>()
  let busy = false
  routes.post(
    '/api/v1/demo/alerts',
    { config: anyone, schema: { hide: true, body: Cells } },
    async (request, reply) => {
      if (busy)
        throw new Problem('demo/busy', 409, 'Alerts are being played now. Wait half a minute.')
      busy = true
      void playAlerts(app, request.body.cells)
        .catch(() => app.kernel.log('warn', 'the demonstration could not play its alerts'))
        .finally(() => {
          busy = false
        })
      return reply.code(202).send({ playing: true })
    },
  )
}
