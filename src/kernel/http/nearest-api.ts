import type { FastifyInstance } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { City } from '../city/index.ts'

const degrees = (limit: number) => z.coerce.number().min(-limit).max(limit)
const Query = z.strictObject({ lat: degrees(90), lon: degrees(180) })

/** The corner nearest to a point that somebody looks at on the map. What was asked is not kept. */
export function nearestApi(server: FastifyInstance, city: City): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/api/v1/places/nearest',
    { config: { permit: 'anyone' }, schema: { querystring: Query } },
    async (request, reply) => {
      reply.header('cache-control', 'no-store').header('access-control-allow-origin', '*')
      const place = city.contains(request.query) ? city.nearestCorner(request.query) : undefined
      return { place: place ?? null }
    },
  )
}
