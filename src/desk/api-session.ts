import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Actor } from '../kernel/http/actor.ts'
import { Problem } from '../kernel/problem.ts'
import { keepApproval } from './approvals.ts'
import { Link, Me, refuse, roles } from './contract.ts'
import { LinkSecret, NewPasskey, PasskeyOptions, PasskeyProof } from './contract-passkeys.ts'
import { beginEnrolment, finishEnrolment } from './enrol-passkey.ts'
import type { NewSession } from './open-session.ts'
import type { DeskRoom } from './room.ts'
import { beginSignIn, finishSignIn } from './sign-in.ts'
import { closingCookie, openingCookie } from './site.ts'
import { beginStepUp, finishStepUp } from './step-up.ts'
import { beginVouch, finishVouch } from './vouch.ts'

const anyone = { permit: 'anyone' } as const
const members = { permit: roles } as const
const nothing = z.null().describe('Done; there is no body.')
const SignedIn = z.object({ person: z.object({ id: z.uuid(), name: z.string() }) })
const begun = { response: { 200: PasskeyOptions } }
const answered = { body: z.strictObject({ response: PasskeyProof }) }

/** The actor that the server's guard found; every route of ours but the open ones has one. */
export function actorOf({ actor }: FastifyRequest): Actor {
  if (!actor) throw new Problem('kernel/sign-in-needed', 401, 'Sign in at /desk.')
  return actor
}

/** Registers signing in and out, proving again, one's own passkeys, and enrolment by link. */
export function sessionRoutes(app: FastifyInstance, room: DeskRoom): void {
  signInRoutes(app, room)
  stepUpRoutes(app, room)
  approvalRoutes(app, room)
  enrolmentRoutes(app, room)
  ownRoutes(app, room)
}

/** Throws 403 unless one of our pages asks: nobody is signed in or out by another site. */
const ownPageOnly = (room: DeskRoom) => async (request: FastifyRequest, reply: FastifyReply) => {
  reply.header('cache-control', 'no-store')
  if (!room.fromOwnPage(request.raw)) throw refuse('desk/other-origin')
}

const signedIn = (room: DeskRoom, request: FastifyRequest, reply: FastifyReply, s: NewSession) => {
  reply.header('set-cookie', openingCookie(room.siteOf(request.raw), s.secret))
  return { person: { id: s.personId, name: s.name } }
}

function signInRoutes(app: FastifyInstance, room: DeskRoom): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  const { kernel } = room
  const preHandler = ownPageOnly(room)
  api.post(
    '/api/v1/desk/session/begin',
    { config: anyone, preHandler, schema: begun },
    async (request) => ({ ...(await beginSignIn(kernel, room.siteOf(request.raw))) }),
  )
  api.post(
    '/api/v1/desk/session/finish',
    { config: anyone, preHandler, schema: { ...answered, response: { 200: SignedIn } } },
    async (request, reply) => {
      const site = room.siteOf(request.raw)
      const had = room.cookieOf(request.raw)
      const session = await finishSignIn(kernel, site, request.body.response, had)
      return signedIn(room, request, reply, session)
    },
  )
  api.delete(
    '/api/v1/desk/session',
    { config: anyone, preHandler, schema: { response: { 204: nothing } } },
    async (request, reply) => {
      const secret = room.cookieOf(request.raw)
      if (secret) await room.signOut(secret)
      reply.header('set-cookie', closingCookie(room.siteOf(request.raw)))
      return reply.code(204).send(null)
    },
  )
}

function stepUpRoutes(app: FastifyInstance, room: DeskRoom): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  const { kernel } = room
  api.post(
    '/api/v1/desk/session/step-up/begin',
    { config: members, schema: begun },
    async (request) => {
      const options = await beginStepUp(kernel, room.siteOf(request.raw), actorOf(request))
      return { ...options }
    },
  )
  api.post(
    '/api/v1/desk/session/step-up/finish',
    { config: members, schema: { ...answered, response: { 204: nothing } } },
    async (request, reply) => {
      const secret = room.cookieOf(request.raw) ?? ''
      const proof = request.body.response
      const site = room.siteOf(request.raw)
      await finishStepUp(kernel, site, actorOf(request), { secret, proof })
      return reply.code(204).send(null)
    },
  )
}

function approvalRoutes(app: FastifyInstance, room: DeskRoom): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  const { kernel } = room
  const done = { response: { 204: nothing } }
  api.post(
    '/api/v1/desk/approvals',
    { config: members, schema: { ...answered, ...done } },
    async (request, reply) => {
      const site = room.siteOf(request.raw)
      await keepApproval(kernel, site, actorOf(request), request.body.response)
      return reply.code(204).send(null)
    },
  )
  const admins = { permit: ['admin'] } as const
  const params = z.strictObject({ id: z.uuid() })
  api.post(
    '/api/v1/desk/people/:id/vouch/begin',
    { config: admins, schema: { params, ...begun } },
    async (request) => ({
      ...(await beginVouch(kernel, room.siteOf(request.raw), actorOf(request), request.params.id)),
    }),
  )
  api.post(
    '/api/v1/desk/people/:id/vouch/finish',
    { config: admins, schema: { params, ...answered, ...done } },
    async (request, reply) => {
      const site = room.siteOf(request.raw)
      const given = { id: request.params.id, proof: request.body.response }
      await finishVouch(kernel, site, actorOf(request), given)
      return reply.code(204).send(null)
    },
  )
}

function enrolmentRoutes(app: FastifyInstance, room: DeskRoom): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  const { kernel } = room
  const preHandler = ownPageOnly(room)
  const params = z.strictObject({ secret: LinkSecret })
  const body = z.strictObject({ response: NewPasskey })
  api.post(
    '/api/v1/desk/enrolments/:secret/begin',
    { config: anyone, preHandler, schema: { params, ...begun } },
    async (request) => {
      const { secret } = request.params
      return { ...(await beginEnrolment(kernel, room.siteOf(request.raw), secret)) }
    },
  )
  api.post(
    '/api/v1/desk/enrolments/:secret/finish',
    { config: anyone, preHandler, schema: { params, body, response: { 200: SignedIn } } },
    async (request, reply) => {
      const site = room.siteOf(request.raw)
      const { secret } = request.params
      const replaces = room.cookieOf(request.raw)
      const given = { secret, passkey: request.body.response, replaces }
      return signedIn(room, request, reply, await finishEnrolment(kernel, site, given))
    },
  )
}

function ownRoutes(app: FastifyInstance, room: DeskRoom): void {
  const api = app.withTypeProvider<ZodTypeProvider>()
  api.get('/api/v1/desk/me', { config: members, schema: { response: { 200: Me } } }, (request) =>
    room.me(actorOf(request)),
  )
  api.post(
    '/api/v1/desk/me/enrolment',
    { config: members, schema: { response: { 201: Link } } },
    async (request, reply) => reply.code(201).send(await room.addOwnPasskey(actorOf(request))),
  )
  api.delete(
    '/api/v1/desk/me/passkeys/:id',
    {
      config: members,
      schema: {
        params: z.strictObject({ id: z.string().min(1).max(300) }),
        response: { 204: nothing },
      },
    },
    async (request, reply) => {
      await room.removeOwnPasskey(actorOf(request), request.params.id)
      return reply.code(204).send(null)
    },
  )
}
