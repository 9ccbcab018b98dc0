import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { City } from '../../kernel/city/index.ts'
import { negotiateLanguage } from '../../kernel/i18n/index.ts'
import type { GuideBook } from './guide-book.ts'

const Query = z.strictObject({ lang: z.string().max(20).optional() })
const Params = z.strictObject({ situation: z.string().max(40) })

/** An approved translation is seen within a minute. */
const aMinute = 'public, max-age=60'

/**
 * The guides for other programs: the same words, ages and sources as the pages. What is asked for is
 * not kept, and any origin may read it.
 */
export function guidesApi(
  server: FastifyInstance,
  { book, city, approved }: { book: GuideBook; city: City; approved: { glance(): Promise<void> } },
): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  const langOf = (asked: string | undefined, accepted: string | undefined): string =>
    asked && city.languages.some(({ code }) => code === asked)
      ? asked
      : negotiateLanguage(
          accepted,
          city.languages.map(({ code }) => code),
          city.defaultLanguage,
        )
  app.get(
    '/api/v1/rights/guides',
    { config: { permit: 'anyone' }, schema: { querystring: Query } },
    async (request, reply) => {
      await approved.glance()
      const lang = langOf(request.query.lang, request.headers['accept-language'])
      reply.header('cache-control', aMinute).header('access-control-allow-origin', '*')
      return { lang, guides: book.list(lang) }
    },
  )
  app.get(
    '/api/v1/rights/guides/:situation',
    { config: { permit: 'anyone' }, schema: { querystring: Query, params: Params } },
    async (request, reply) => {
      await approved.glance()
      const lang = langOf(request.query.lang, request.headers['accept-language'])
      const guide = book.one(request.params.situation, lang)
      reply.header('cache-control', aMinute).header('access-control-allow-origin', '*')
      return guide
    },
  )
}
