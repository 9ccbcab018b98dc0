import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '../kernel/db/database.ts'
import type { Actor } from '../kernel/http/actor.ts'
import { idempotencyKey, once } from '../kernel/http/idempotency.ts'
import { notFound } from '../kernel/problem.ts'
import { ApprovalBody, matterFor } from './ask-approval.ts'
import {
  CorrectBody,
  EndBody,
  FindingBody,
  KeepApartBody,
  MergeBody,
  PlaceBody,
  SetAsideBody,
  SignOffBody,
  SplitBody,
  UndoActBody,
} from './contract.ts'
import { correctIncident, endIncident } from './end-incident.ts'
import { mergeIncidents, splitIncident } from './merge-split.ts'
import { placeIncident } from './place-incident.ts'
import { keepApart } from './proposals.ts'
import { alikeTo, queue } from './queue.ts'
import { recordFinding } from './record-finding.ts'
import type { IncidentsRoom, Matter } from './room.ts'
import { setAside, undoSetAside } from './set-aside.ts'
import { signOff } from './sign-off.ts'
import { proposalsOf } from './store.ts'
import { undoLast } from './undo-last.ts'
import { incidentView } from './views.ts'

const readers = ['operator', 'verifier', 'approver', 'dispatcher'] as const
const Params = z.object({ id: z.string().max(40) })
const base = '/api/v1/desk/incidents'

/** The desk API of the room: permit, parse, call, answer. Each write honours Idempotency-Key. */
export function incidentsApi(server: FastifyInstance, room: IncidentsRoom): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  const desk = { permit: readers }

  app.get('/api/v1/desk/queue', { config: desk }, async () => ({ incidents: await queue(room) }))
  app.get(`${base}/:id/alike`, { config: desk, schema: { params: Params } }, async (request) => ({
    incidents: await alikeTo(room, request.params.id),
  }))
  app.get(`${base}/:id`, { config: desk, schema: { params: Params } }, (request) =>
    incidentView(room, request.params.id, actorOf(request)),
  )
  app.get(
    '/api/v1/desk/links',
    { config: desk, schema: { querystring: z.strictObject({ report: z.uuid() }) } },
    async (request) => ({
      links: (await proposalsOf(room.kernel.db, request.query.report)).map((p) => ({
        reportId: p.report_id,
        incidentId: p.incident_id,
        score: p.score,
        reasons: p.reasons,
        decided: p.decided_at !== null,
      })),
    }),
  )

  app.post(
    `${base}/:id/findings`,
    { config: { permit: ['verifier', 'operator'] }, schema: { params: Params, body: FindingBody } },
    (request) =>
      write(room, request, (tx, actor) =>
        recordFinding(room, tx, request.params.id, actor, request.body),
      ),
  )
  app.post(
    `${base}/:id/sign-off`,
    { config: { permit: ['approver'] }, schema: { params: Params, body: SignOffBody } },
    (request) =>
      write(room, request, (tx, actor) =>
        signOff(room, tx, request.params.id, actor, request.body.finding),
      ),
  )
  app.post(
    `${base}/:id/end`,
    { config: desk, schema: { params: Params, body: EndBody } },
    (request) =>
      write(room, request, (tx, actor) =>
        endIncident(room, tx, request.params.id, actor, request.body?.note),
      ),
  )
  app.post(
    `${base}/:id/correct`,
    { config: desk, schema: { params: Params, body: CorrectBody } },
    (request) =>
      write(room, request, (tx, actor) =>
        correctIncident(room, tx, request.params.id, actor, request.body ?? {}),
      ),
  )
  const operator = { permit: ['operator'] }
  app.post(`${base}/merge`, { config: operator, schema: { body: MergeBody } }, (request) =>
    write(room, request, async (tx, actor) => ({
      id: await mergeIncidents(room, tx, request.body.ids, actor),
    })),
  )
  app.post(
    `${base}/:id/split`,
    { config: operator, schema: { params: Params, body: SplitBody } },
    (request) =>
      write(room, request, async (tx, actor) => ({
        newId: await splitIncident(room, tx, request.params.id, request.body.reportIds, actor),
      })),
  )
  app.post(
    `${base}/:id/set-aside`,
    { config: operator, schema: { params: Params, body: SetAsideBody } },
    (request) =>
      write(room, request, (tx, actor) =>
        setAside(room, tx, request.params.id, actor, { alike: request.body?.alike ?? false }),
      ),
  )
  app.post(
    `${base}/set-aside/undo`,
    { config: operator, schema: { body: UndoActBody } },
    (request) =>
      write(room, request, async (tx, actor) => ({
        count: await undoSetAside(room, tx, request.body.act, actor),
      })),
  )
  app.post(
    `${base}/:id/keep-apart`,
    { config: operator, schema: { params: Params, body: KeepApartBody } },
    (request) =>
      write(room, request, (tx, actor) =>
        keepApart(room, tx, request.params.id, request.body.other, actor),
      ),
  )
  app.post(`${base}/:id/undo`, { config: operator, schema: { params: Params } }, (request) =>
    write(room, request, (tx, actor) => undoLast(room, tx, request.params.id, actor)),
  )
  app.post(
    `${base}/:id/place`,
    { config: { permit: ['operator', 'verifier'] }, schema: { params: Params, body: PlaceBody } },
    (request) =>
      write(room, request, (tx, actor) =>
        placeIncident(room, tx, request.params.id, request.body.placeId, actor),
      ),
  )
}

/** Asks somebody's passkey to approve what they are about to do; the answer goes to `/desk/approvals`. */
export function approvalsApi(
  server: FastifyInstance,
  room: IncidentsRoom,
  ask: (request: FastifyRequest, actor: Actor, matter: Matter) => Promise<object>,
): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  app.post(
    `${base}/:id/approvals`,
    { config: { permit: readers }, schema: { params: Params, body: ApprovalBody } },
    async (request) => {
      const actor = actorOf(request)
      return ask(request, actor, await matterFor(room, request.params.id, actor, request.body))
    },
  )
}

function actorOf(request: FastifyRequest): Actor {
  if (!request.actor) throw notFound()
  return request.actor
}

/** One write of the desk: a transaction, at most once a key, answered with the incident as it is now. */
async function write(
  room: IncidentsRoom,
  request: FastifyRequest,
  change: (tx: Tx, actor: Actor) => Promise<unknown>,
): Promise<unknown> {
  const actor = actorOf(request)
  const { db, clock } = room.kernel
  const { body } = await db.transaction().execute((tx) =>
    once(
      tx,
      {
        scope: `${actor.personId} ${request.url}`,
        key: idempotencyKey(request),
        body: request.body,
        now: clock.now(),
      },
      async () => ({ status: 200, body: (await change(tx, actor)) ?? {} }),
    ),
  )
  const changed = body as { id?: string }
  const id = changed.id ?? (request.params as { id?: string }).id
  return id ? { ...(await incidentView(room, id, actor)), ...changed } : changed
}
