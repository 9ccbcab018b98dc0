import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Actor } from '../kernel/http/actor.ts'
import { actorOf, sessionRoutes } from './api-session.ts'
import * as contract from './contract.ts'
import type { DeskRoom } from './room.ts'

const admins = { permit: ['admin'] } as const
const oneOf = z.strictObject({ id: z.uuid() })
const nothing = z.null().describe('Done; there is no body.')

/** Registers the routes under /api/v1/desk that are about people; see also `api-session.ts`. */
export function deskApi(app: FastifyInstance, room: DeskRoom): void {
  sessionRoutes(app, room)
  readingRoutes(app, room)
  peopleRoutes(app, room)
  standingRoutes(app, room)
}

function readingRoutes(app: FastifyInstance, room: DeskRoom): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  api.get(
    '/api/v1/desk/people',
    {
      config: admins,
      schema: { response: { 200: z.object({ people: z.array(contract.Person) }) } },
    },
    async (request) => ({ people: await room.people(actorOf(request)) }),
  )
  api.get(
    '/api/v1/desk/people/:id',
    {
      config: { permit: contract.roles },
      schema: { params: oneOf, response: { 200: contract.Person } },
    },
    (request) => room.person(actorOf(request), request.params.id),
  )
  api.get(
    '/api/v1/desk/organisations',
    {
      config: admins,
      schema: { response: { 200: z.object({ organisations: z.array(contract.Organisation) }) } },
    },
    async (request) => ({ organisations: await room.organisations(actorOf(request)) }),
  )
  api.get(
    '/api/v1/desk/audit',
    {
      config: admins,
      schema: { querystring: contract.AuditQuery, response: { 200: contract.AuditPage } },
    },
    (request) => room.audit(actorOf(request), request.query),
  )
}

function peopleRoutes(app: FastifyInstance, room: DeskRoom): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  const invited = z.object({ id: z.uuid(), link: contract.Link })
  api.post(
    '/api/v1/desk/people',
    { config: admins, schema: { body: contract.NewPerson, response: { 201: invited } } },
    async (request, reply) =>
      reply.code(201).send(await room.invite(actorOf(request), request.body)),
  )
  api.post(
    '/api/v1/desk/people/:id/roles',
    {
      config: admins,
      schema: { params: oneOf, body: contract.RoleChange, response: { 204: nothing } },
    },
    async (request, reply) => {
      const { id } = request.params
      await room.changeRoles(actorOf(request), { id, roles: request.body.roles })
      return reply.code(204).send(null)
    },
  )
  api.post(
    '/api/v1/desk/people/:id/enrolment',
    {
      config: admins,
      schema: { params: oneOf, body: contract.NewLink, response: { 201: contract.Link } },
    },
    async (request, reply) => {
      const order = { id: request.params.id, replace: request.body.replace }
      return reply.code(201).send(await room.renewLink(actorOf(request), order))
    },
  )
}

/** Suspending, resuming and revoking: five routes of one shape. */
function standingRoutes(app: FastifyInstance, room: DeskRoom): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  const deeds = {
    'people/:id/suspend': room.suspend,
    'people/:id/resume': room.resume,
    'people/:id/tokens/revoke': room.revokeTokens,
    'organisations/:id/suspend': (actor: Actor, id: string) =>
      room.suspendOrganisation(actor, { id, suspended: true }),
    'organisations/:id/resume': (actor: Actor, id: string) =>
      room.suspendOrganisation(actor, { id, suspended: false }),
  }
  for (const [path, deed] of Object.entries(deeds))
    api.post(
      `/api/v1/desk/${path}`,
      { config: admins, schema: { params: oneOf, response: { 204: nothing } } },
      async (request, reply) => {
        await deed(actorOf(request), request.params.id)
        return reply.code(204).send(null)
      },
    )
}
