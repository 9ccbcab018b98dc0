import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { City } from '../city/index.ts'
import { limits } from '../limits.ts'

const Query = z.strictObject({
  q: z.string().max(10_000),
  lang: z.string().max(20).optional(),
  limit: z.coerce.number().int().min(1).max(limits.placesAnswered).default(8),
})

/** Place search: corners, stations, parks, neighbourhoods, ZIPs. What was searched is not kept. */
export function placesApi(server: FastifyInstance, city: City): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/api/v1/places',
    { config: { permit: 'anyone' }, schema: { querystring: Query } },
    async (request, reply) => {
      const { q, lang, limit } = request.query
      reply.header('cache-control', 'no-store').header('access-control-allow-origin', '*')
      return city.search(q, { lang, limit })
    },
  )
}
