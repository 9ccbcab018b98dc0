import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Actor } from '../kernel/http/actor.ts'
import { notFound } from '../kernel/problem.ts'
import type { AskApproval } from './api.ts'
import { DrillId, DrillToApprove, NewDrill } from './contract-drill.ts'
import { drillMatter, endDrill, endMatter, startDrill } from './drills.ts'
import { makeFeed } from './feed/serve-feed.ts'
import { readAlert } from './read-alert.ts'
import type { AlertsRoom } from './room.ts'
import { sendFeed } from './send-feed.ts'

const anyone = { permit: 'anyone' as const }
const drillers = { permit: ['approver', 'admin'] as const }
const Id = z.object({ id: DrillId })

/** Drills: the desk begins and ends them; they are read under addresses of their own and nowhere else. */
export function drillsApi(server: FastifyInstance, room: AlertsRoom, ask: AskApproval): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  app.post(
    '/api/v1/desk/drills',
    { config: drillers, schema: { body: NewDrill } },
    async (request, reply) =>
      reply.code(201).send(await startDrill(room, actorOf(request), request.body)),
  )
  app.post(
    '/api/v1/desk/drills/approval',
    { config: drillers, schema: { body: DrillToApprove } },
    (request) => ask(request, actorOf(request), drillMatter(room, request.body)),
  )
  app.post('/api/v1/desk/drills/:id/end', { config: drillers, schema: { params: Id } }, (request) =>
    endDrill(room, actorOf(request), request.params.id),
  )
  app.post(
    '/api/v1/desk/drills/:id/end/approval',
    { config: drillers, schema: { params: Id } },
    async (request) => ask(request, actorOf(request), await endMatter(room, request.params.id)),
  )
  readRoutes(server, room)
}

/** Whoever got a drill may look whether it is one; nothing lists them but their own feed. */
function readRoutes(server: FastifyInstance, room: AlertsRoom): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  const feed = makeFeed(room, 'drills')
  app.get(
    '/api/v1/drills/:id',
    { config: anyone, schema: { params: Id } },
    async ({ params: { id } }, reply) => {
      reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=2')
      return { id, drill: true, revisions: await readAlert(room, id, 'drills') }
    },
  )
  app.get('/feeds/drill.plf', { config: anyone }, async (request, reply) =>
    sendFeed(request, reply, await feed()),
  )
  app.get(
    '/.well-known/porchlight-drill-keys.json',
    { config: anyone },
    async (_request, reply) => {
      reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=60')
      return { drill: (await room.signer.keys()).drill }
    },
  )
}

function actorOf({ actor }: FastifyRequest): Actor {
  if (!actor) throw notFound()
  return actor
}
