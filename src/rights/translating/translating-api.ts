import type { FastifyInstance, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { Actor } from '../../kernel/http/actor.ts'
import { sourceHash } from '../../kernel/i18n/index.ts'
import { limits } from '../../kernel/limits.ts'
import { notFound } from '../../kernel/problem.ts'
import { ApproveBody, reviews } from '../contract-translating.ts'
import { approveWords, type Translating } from './approve-words.ts'
import { toTranslate } from './to-translate.ts'
import { fromXliff, toXliff } from './xliff.ts'

const records = { permit: ['records'] as const }
const Language = z.strictObject({ lang: z.string().min(2).max(20) })
const Import = z.strictObject({ review: z.enum(reviews) })
const xliff = 'application/xliff+xml'

/** The translators' desk for other programs: the list, an approval, and XLIFF 2 out and in. */
export function translatingApi(server: FastifyInstance, room: Translating): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/api/v1/desk/translations',
    { config: records, schema: { querystring: Language } },
    async (request) => ({ texts: await listed(room, request.query.lang) }),
  )
  app.post(
    '/api/v1/desk/translations',
    { config: records, schema: { body: ApproveBody } },
    async (request, reply) => {
      await approveWords(room, actorOf(request), [request.body])
      return reply.code(204).send()
    },
  )
  app.get(
    '/api/v1/desk/translations/xliff',
    { config: records, schema: { querystring: Language } },
    async (request, reply) => {
      const { lang } = request.query
      // First: a language that the city does not have never comes into a header.
      const xml = toXliff(await listed(room, lang), lang)
      return reply
        .type(`${xliff}; charset=utf-8`)
        .header('content-disposition', `attachment; filename="guides-${lang}.xlf"`)
        .send(xml)
    },
  )
  server.register(async (scope) => xliffIn(scope, room))
}

function xliffIn(scope: FastifyInstance, room: Translating): void {
  scope.addContentTypeParser(
    [xliff, 'application/xml', 'text/xml'],
    { parseAs: 'string', bodyLimit: limits.xliffBytes },
    (_request, body, done) => done(null, body),
  )
  scope
    .withTypeProvider<ZodTypeProvider>()
    .post(
      '/api/v1/desk/translations/xliff',
      { config: records, bodyLimit: limits.xliffBytes, schema: { querystring: Import } },
      async (request) => ({
        approved: await takeXliff(
          room,
          actorOf(request),
          String(request.body),
          request.query.review,
        ),
      }),
    )
}

/** Approves every target of a file, or nothing; answers how many. */
export async function takeXliff(
  room: Translating,
  actor: Actor,
  xml: string,
  review: (typeof reviews)[number],
): Promise<number> {
  const ofName = (name: string): string | undefined => {
    const english = room.book.pack().english.get(name)
    return english === undefined ? undefined : sourceHash(english)
  }
  const bodies = fromXliff(xml, { ofName, review })
  await approveWords(room, actor, bodies)
  return bodies.length
}

async function listed({ book, approved, kernel }: Translating, lang: string) {
  if (!kernel.city.languages.some(({ code }) => code === lang))
    throw notFound('This city has no such language.')
  await approved.refresh()
  return toTranslate(book, approved, lang)
}

function actorOf({ actor }: FastifyRequest): Actor {
  if (!actor) throw notFound()
  return actor
}
