import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import type { City, Point } from '../city/index.ts'
import { limits } from '../limits.ts'

const degrees = /^(-?\d{1,3}(?:\.\d{1,10})?),(-?\d{1,3}(?:\.\d{1,10})?)$/

const Query = z.strictObject({
  q: z.string().max(10_000),
  lang: z.string().max(20).optional(),
  limit: z.coerce.number().int().min(1).max(limits.placesAnswered).default(8),
  near: z
    .string()
    .regex(degrees, { error: 'must be latitude and longitude: 40.748,-73.884' })
    .optional(),
})

/** The phone asks once a week whether its copy is the present one. */
const aWeek = 'public, max-age=604800'

/** Place search: corners, stations, parks, neighbourhoods, ZIPs. What was searched is not kept. */
export function placesApi(server: FastifyInstance, city: City): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/api/v1/places',
    { config: { permit: 'anyone' }, schema: { querystring: Query } },
    async (request, reply) => {
      const { q, lang, limit, near } = request.query
      reply.header('cache-control', 'no-store').header('access-control-allow-origin', '*')
      return city.search(q, { lang, limit, near: pointOf(near) })
    },
  )
  app.get(
    '/api/v1/places/index',
    { config: { permit: 'anyone' }, schema: { hide: true } },
    (request, reply) => sendIndex(request, reply, city),
  )
}

function pointOf(near: string | undefined): Point | undefined {
  const found = degrees.exec(near ?? '')
  return found ? { lat: Number(found[1]), lon: Number(found[2]) } : undefined
}

/** The whole index for a phone to search by itself: the same bytes that this server reads. */
async function sendIndex(
  { headers }: FastifyRequest,
  reply: FastifyReply,
  { placesFile }: City,
): Promise<FastifyReply> {
  const etag = `"${placesFile.stamp}"`
  reply.header('etag', etag).header('cache-control', aWeek).header('vary', 'accept-encoding')
  if (headers['if-none-match'] === etag) return reply.code(304).send()
  const encoding = encodingFor(headers['accept-encoding'] ?? '')
  if (encoding !== 'identity') reply.header('content-encoding', encoding)
  const bytes = await placesFile.read(encoding)
  return reply
    .type('application/octet-stream')
    .send(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength))
}

function encodingFor(accepted: string): 'br' | 'gzip' | 'identity' {
  const names = accepted.split(',').map((each) => each.trim().split(';')[0])
  if (names.includes('br')) return 'br'
  return names.includes('gzip') ? 'gzip' : 'identity'
}
