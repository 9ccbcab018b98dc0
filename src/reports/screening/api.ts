import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Tx } from '../../kernel/db/database.ts'
import { notFound } from '../../kernel/problem.ts'
import { heldKinds } from '../contract-held-back.ts'
import { additionsOf, reportsById } from '../store.ts'
import type { ReportsRoom } from '../submit-report.ts'
import type { HeldBack } from './hold-back.ts'

/** Writes into the desk's record that somebody read what is held back; the composition root knows how. */
export type NoteReading = (tx: Tx, reading: { personId: string; reportId: string }) => Promise<void>

const Piece = z.object({
  field: z.string(),
  kind: z.enum(heldKinds),
  text: z.string(),
  /** Where its marker begins in the field, in UTF-16 units. */
  at: z.int(),
})
const Answer = z.object({
  report: z.array(Piece),
  additions: z.array(z.object({ id: z.uuid(), heldBack: z.array(Piece) })),
})

/**
 * What was held back from a report, for the evidence side alone: no other role of the desk may ask, and
 * each reading is in the record, written in the transaction that reads.
 */
export function heldBackApi(server: FastifyInstance, room: ReportsRoom, note: NoteReading): void {
  server.withTypeProvider<ZodTypeProvider>().get(
    '/api/v1/desk/reports/:id/held-back',
    {
      config: { permit: ['records'] },
      schema: { params: z.object({ id: z.string().max(40) }), response: { 200: Answer } },
    },
    (request) => {
      const { actor } = request
      if (!actor) throw notFound()
      return room.kernel.db.transaction().execute(async (tx) => {
        const { id } = request.params
        const [report] = z.uuid().safeParse(id).success ? await reportsById(room, tx, [id]) : []
        if (!report) throw notFound('There is no report of this number.')
        await note(tx, { personId: actor.personId, reportId: id })
        const additions = await additionsOf(room, tx, [id])
        return {
          report: pieces(report.held_back),
          additions: additions
            .filter(({ held_back }) => held_back)
            .map((one) => ({ id: one.id, heldBack: pieces(one.held_back) })),
        }
      })
    },
  )
}

const pieces = (held: readonly HeldBack[] | null) =>
  (held ?? []).map(({ field, kind, text, at }) => ({ field, kind, text, at }))
