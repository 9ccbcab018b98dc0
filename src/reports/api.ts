import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { idempotencyKey, once } from '../kernel/http/idempotency.ts'
import { Accepted, Addition, NewReport, ReportOutcome } from './contract.ts'
import { described, mediaOf } from './media/index.ts'
import { addTo, reportOf, retract } from './my-report.ts'
import { receiptOf } from './receipt-of.ts'
import type { ReportRow } from './sealed-words.ts'
import { additionsOf } from './store.ts'
import { type ReportsRoom, takeReport } from './submit-report.ts'

/** Tells what became of a report; the composition root knows who knows. */
export type OutcomeOf = (
  reportId: string,
) => Promise<{ outcome: string; incidentId: string | null }>

/** The API of the room. Writes honour Idempotency-Key. */
export function reportsApi(server: FastifyInstance, room: ReportsRoom, outcomeOf: OutcomeOf): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  const anyone = { permit: 'anyone' as const }

  app.post(
    '/api/v1/reports',
    { config: anyone, schema: { body: NewReport, response: { 201: Accepted } } },
    async (request, reply) => {
      const { body } = await takeReport(
        room,
        request.body,
        { source: 'api' },
        idempotencyKey(request),
        proofOf(request),
      )
      return reply
        .code(201)
        .header('cache-control', 'no-store')
        .send(body as Accepted)
    },
  )

  app.get(
    '/api/v1/reports/effort',
    { config: anyone, schema: { response: { 200: z.object({ challenge: z.unknown() }) } } },
    async (_request, reply) => {
      reply.header('cache-control', 'no-store')
      return { challenge: await room.effort.challenge() }
    },
  )

  app.post(
    '/api/v1/desk/reports',
    {
      config: { permit: ['operator', 'verifier', 'dispatcher'] },
      schema: { body: NewReport, response: { 201: Accepted } },
    },
    async (request, reply) => {
      const enteredBy = request.actor?.personId ?? null
      const { body } = await takeReport(
        room,
        request.body,
        { source: 'desk', enteredBy },
        idempotencyKey(request),
      )
      return reply.code(201).send(body as Accepted)
    },
  )

  app.get(
    '/api/v1/reports/mine',
    { config: anyone, schema: { response: { 200: ReportOutcome } } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store')
      return myReport(room, receiptOf(request), outcomeOf)
    },
  )

  app.post(
    '/api/v1/reports/mine/additions',
    { config: anyone, schema: { body: Addition } },
    async (request, reply) => {
      const receipt = receiptOf(request)
      const { db, clock } = room.kernel
      await db.transaction().execute(async (tx) => {
        const report = await reportOf(room, tx, receipt)
        // Named by the report: a receipt is never part of anything that is hashed fast.
        const key = {
          scope: `addition ${report.id}`,
          key: idempotencyKey(request),
          body: request.body,
          now: clock.now(),
        }
        await once(tx, key, async () => {
          await addTo(room, tx, report, request.body)
          return { status: 201, body: { added: true } }
        })
      })
      return reply.code(201).header('cache-control', 'no-store').send({ added: true })
    },
  )

  app.delete('/api/v1/reports/mine', { config: anyone }, async (request, reply) => {
    const receipt = receiptOf(request)
    await room.kernel.db.transaction().execute((tx) => retract(room, tx, receipt))
    return reply.code(204).send()
  })
}

/** What became of the report this receipt belongs to. */
export async function myReport(
  room: ReportsRoom,
  receipt: string,
  outcomeOf: OutcomeOf,
): Promise<ReportOutcome> {
  const { db } = room.kernel
  const { report, additions, media } = await db.transaction().execute(async (tx) => {
    const found: ReportRow = await reportOf(room, tx, receipt)
    return {
      report: found,
      additions: await additionsOf(room, tx, [found.id]),
      media: await mediaOf(tx, [found.id]),
    }
  })
  const { outcome, incidentId } = await outcomeOf(report.id)
  const retracted = report.retracted_at !== null
  return {
    id: report.id,
    activity: report.activity,
    receivedAt: report.received_at.toISOString(),
    retracted,
    additions: additions.length,
    media: media.map(described),
    outcome: retracted ? 'retracted' : (outcome as ReportOutcome['outcome']),
    incidentId,
  }
}

/** What a sender worked out for the puzzle of `GET /api/v1/reports/effort`, base64. */
function proofOf(request: FastifyRequest): string | null {
  const header = request.headers['porchlight-effort']
  return typeof header === 'string' ? header : null
}
