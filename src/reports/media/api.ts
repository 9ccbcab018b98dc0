import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '../../kernel/db/database.ts'
import type { Actor } from '../../kernel/http/actor.ts'
import { idempotencyKey } from '../../kernel/http/idempotency.ts'
import { limits } from '../../kernel/limits.ts'
import { notFound, Problem } from '../../kernel/problem.ts'
import { receiptOf } from '../receipt-of.ts'
import { mediaTypes } from './kinds.ts'
import { copyOf, reviewMedia, seenBy } from './review-media.ts'
import { type MediaRoom, originalName } from './room.ts'
import { described, mediaById, originals } from './store.ts'
import { takeMedia, takeOriginal } from './take-media.ts'
import { makeUploads } from './uploads.ts'

/** Writes into the desk's record that somebody looked; the composition root knows how. */
export type NoteLook = (
  tx: Tx,
  look: { personId: string; action: string; mediaId: string; sha256: string },
) => Promise<void>

const Received = z.object({ id: z.uuid(), kind: z.enum(['photo', 'video']) })
const Id = z.object({ id: z.uuid() })
const Review = z.strictObject({ outcome: z.enum(['cleared', 'held-back']) })

/** Photos and video of reporters come in, and are looked at by few. */
export function mediaApi(server: FastifyInstance, room: MediaRoom, note: NoteLook): void {
  void server.register(async (scope) => {
    const uploads = makeUploads()
    scope.addContentTypeParser([...mediaTypes], { parseAs: 'buffer' }, (_request, body, done) =>
      done(null, body),
    )
    scope.addContentTypeParser('application/octet-stream', (_request, body, done) =>
      done(null, body),
    )
    const app = scope.withTypeProvider<ZodTypeProvider>()
    const onRequest = (
      request: FastifyRequest,
      reply: { raw: NodeJS.EventEmitter },
    ): Promise<void> => uploads.admit(request, reply.raw)

    app.post(
      '/api/v1/reports/mine/media',
      {
        config: { permit: 'anyone' },
        bodyLimit: limits.videoBytes,
        onRequest,
        schema: { response: { 201: Received } },
      },
      async (request, reply) => {
        if (!Buffer.isBuffer(request.body)) throw mediaNeeded()
        const { body } = await takeMedia(room, receiptOf(request), {
          bytes: request.body,
          contentType: request.headers['content-type'] ?? '',
          key: idempotencyKey(request),
        })
        return reply
          .code(201)
          .header('cache-control', 'no-store')
          .send(body as z.infer<typeof Received>)
      },
    )

    app.put(
      '/api/v1/reports/mine/media/:id/original',
      {
        config: { permit: 'anyone' },
        bodyLimit: limits.originalBytes,
        onRequest,
        schema: { params: Id },
      },
      async (request, reply) => {
        const body = request.body as AsyncIterable<Buffer> | undefined
        if (!body || !(Symbol.asyncIterator in Object(body))) throw mediaNeeded()
        await takeOriginal(room, receiptOf(request), { id: request.params.id, body })
        return reply.code(204).send()
      },
    )
  })
  deskMediaApi(server, room, note)
}

const mediaNeeded = (): Problem =>
  new Problem('reports/media-kind', 415, 'Send the file itself as the body, with its Content-Type.')

/** A picture may run nothing, be framed by nobody and stay in no cache. */
const lookHeaders = {
  'cache-control': 'no-store',
  'content-disposition': 'inline',
  'content-security-policy': "default-src 'none'; sandbox",
  'cross-origin-resource-policy': 'same-origin',
}

function deskMediaApi(server: FastifyInstance, room: MediaRoom, note: NoteLook): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  const { db } = room.reports.kernel
  const inTransaction = <T>(work: (tx: Tx) => Promise<T>): Promise<T> =>
    db.transaction().execute(work)
  const actorOf = ({ actor }: FastifyRequest): Actor => {
    if (!actor) throw notFound()
    return actor
  }

  app.get(
    '/api/v1/desk/media/:id',
    {
      config: { permit: ['operator', 'verifier', 'approver', 'dispatcher'] },
      schema: { params: z.object({ id: z.string().max(40) }) },
    },
    async (request, reply) => {
      const actor = actorOf(request)
      const { id } = Id.safeParse(request.params).data ?? { id: null }
      if (!id) throw notFound('There is no photo or video of this number.')
      const row = await inTransaction(async (tx) => {
        const seen = await seenBy(tx, id, actor)
        const look = { personId: actor.personId, action: 'media.seen' }
        await note(tx, { ...look, mediaId: id, sha256: seen.sha256 })
        return seen
      })
      return reply
        .headers(lookHeaders)
        .type(row.type)
        .send(await copyOf(room, row))
    },
  )

  app.post(
    '/api/v1/desk/media/:id/review',
    {
      config: { permit: ['operator'] },
      schema: { params: z.object({ id: z.string().max(40) }), body: Review },
    },
    (request) => {
      const { id } = Id.safeParse(request.params).data ?? { id: null }
      if (!id) throw notFound('There is no photo or video of this number.')
      const review = { actor: actorOf(request), state: request.body.outcome }
      return inTransaction(async (tx) => described(await reviewMedia(room, tx, id, review)))
    },
  )
  originalsApi(server, room, note)
}

/** The untouched files, sealed to the evidence side's own key: whoever takes one away is on record. */
function originalsApi(server: FastifyInstance, room: MediaRoom, note: NoteLook): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  const { db } = room.reports.kernel
  const config = { permit: ['lawyer'] }

  app.get('/api/v1/desk/originals', { config }, async () => ({
    originals: (await originals(db, limits.listRows)).map((row) => ({
      id: row.id,
      kind: row.kind,
      receivedAt: row.created_at.toISOString(),
      bytes: Number(row.original_bytes),
      copySha256: row.sha256,
    })),
  }))

  app.get(
    '/api/v1/desk/media/:id/original',
    { config, schema: { params: z.object({ id: z.string().max(40) }) } },
    async (request, reply) => {
      const { id } = Id.safeParse(request.params).data ?? { id: null }
      const row = id ? await mediaById(db, id) : undefined
      const file = row?.original_bytes ? await room.files.stream(originalName(row.id)) : null
      if (!row || !file || !request.actor) throw notFound('There is no original of this number.')
      const look = { personId: request.actor.personId, action: 'media.original-taken' }
      await db
        .transaction()
        .execute((tx) => note(tx, { ...look, mediaId: row.id, sha256: row.sha256 }))
      return reply
        .headers({ ...lookHeaders, 'content-disposition': `attachment; filename="${row.id}.age"` })
        .type('application/octet-stream')
        .send(file)
    },
  )
}
