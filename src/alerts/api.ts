import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Statement } from '../kernel/approvals/index.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { notFound } from '../kernel/problem.ts'
import { notStorable, storable } from '../kernel/text.ts'
import { NewSubscription, SomeCells } from './contract.ts'
import { drillsApi } from './drills-api.ts'
import { makeFeed } from './feed/serve-feed.ts'
import { haltSending, readHalt, resumeMatter, resumeSending } from './halt.ts'
import { oneClick } from './one-click.ts'
import { readAlert } from './read-alert.ts'
import { confirmReceipt } from './receipts.ts'
import type { AlertsRoom } from './room.ts'
import { sendFeed } from './send-feed.ts'
import { previewCells, subscribe } from './subscribe.ts'
import { unsubscribe } from './unsubscribe.ts'

const anyone = { permit: 'anyone' as const }
const stoppers = { permit: ['approver', 'admin'] as const }
const Id = z.object({ id: z.string().max(40) })
const Secret = z.object({ capability: z.string().max(200) })
const nothing = z.null().describe('Done, or there was nothing to do; there is no body.')

/** Asks somebody's passkey to approve the end of a halt, or a drill. */
export type AskApproval = (
  request: FastifyRequest,
  actor: Actor,
  matter: Pick<Statement, 'act' | 'object' | 'facts'>,
) => Promise<object>

/** The public API of the room, and the desk's halt. */
export function alertsApi(server: FastifyInstance, room: AlertsRoom, ask: AskApproval): void {
  subscriptionRoutes(server, room)
  alertRoutes(server, room)
  haltRoutes(server, room, ask)
  drillsApi(server, room, ask)
}

function subscriptionRoutes(server: FastifyInstance, room: AlertsRoom): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  app.post(
    '/api/v1/subscriptions',
    { config: anyone, schema: { body: NewSubscription } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      const made = await subscribe(room, request.body)
      // By text and e-mail 202: whether there will be one is for the owner of the number to say.
      return reply.code(made.capability ? 201 : 202).send(made)
    },
  )
  app.post(
    '/api/v1/subscriptions/preview',
    { config: anyone, schema: { body: SomeCells, response: { 200: SomeCells } } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return { cells: previewCells(room, request.body.cells) }
    },
  )
  app.delete(
    '/api/v1/subscriptions/:capability',
    { config: anyone, schema: { params: Secret, response: { 204: nothing } } },
    async (request, reply) => {
      await unsubscribe(room, request.params.capability)
      return reply.code(204).send(null)
    },
  )
  oneClick(server, room)
}

function alertRoutes(server: FastifyInstance, room: AlertsRoom): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  const feed = makeFeed(room)
  app.get(
    '/api/v1/alerts/:id',
    { config: anyone, schema: { params: Id } },
    async (request, reply) => {
      reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=2')
      const revisions = await readAlert(room, request.params.id)
      return { id: request.params.id, revisions }
    },
  )
  app.get(
    '/api/v1/alerts/:id/signature',
    { config: anyone, schema: { params: Id } },
    async (request, reply) => {
      reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=2')
      const last = (await readAlert(room, request.params.id)).at(-1)
      if (!last) throw notFound()
      const { keyId, signature, document, logIndex } = last
      return { keyId, signature, document, logIndex, revision: last.alert.revision }
    },
  )
  app.post(
    '/api/v1/alerts/:id/receipts',
    {
      config: anyone,
      schema: {
        params: Id,
        body: z.strictObject({ revision: z.int().positive(), receipt: z.string().max(60) }),
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await confirmReceipt(room, { incidentId: request.params.id, ...request.body })
      return reply.code(204).send(null)
    },
  )
  app.get(
    '/.well-known/porchlight-alert-keys.json',
    { config: anyone },
    async (_request, reply) => {
      reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=60')
      return room.signer.keys()
    },
  )
  app.get('/feeds/city.plf', { config: anyone }, async (request, reply) =>
    sendFeed(request, reply, await feed()),
  )
  app.get('/api/v1/sending', { config: anyone }, async (_request, reply) => {
    reply.header('access-control-allow-origin', '*').header('cache-control', 'public, max-age=2')
    return readHalt(room.kernel.db)
  })
}

function haltRoutes(server: FastifyInstance, room: AlertsRoom, ask: AskApproval): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  const reason = z.string().trim().min(3).max(500).refine(storable, { error: notStorable })
  app.post(
    '/api/v1/desk/sending/halt',
    { config: stoppers, schema: { body: z.strictObject({ reason }) } },
    (request) => haltSending(room, actorOf(request), request.body.reason),
  )
  app.post('/api/v1/desk/sending/resume/approval', { config: stoppers }, async (request) => {
    const { since } = await readHalt(room.kernel.db)
    if (!since) throw notFound('Sending is not halted.')
    return ask(request, actorOf(request), resumeMatter(new Date(since)))
  })
  app.post('/api/v1/desk/sending/resume', { config: stoppers }, (request) =>
    resumeSending(room, actorOf(request)),
  )
}

function actorOf({ actor }: FastifyRequest): Actor {
  if (!actor) throw notFound()
  return actor
}
