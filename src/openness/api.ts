import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { z } from 'zod'
import { negotiateLanguage } from '../kernel/i18n/index.ts'
import { limits } from '../kernel/limits.ts'
import { notFound } from '../kernel/problem.ts'
import { capDocument } from './cap.ts'
import { check } from './check.ts'
import { CheckBody, ListQuery, StreamQuery } from './contract.ts'
import { atomFeed } from './feed-atom.ts'
import { geoJsonFeed, jsonFeed } from './feed-json.ts'
import { featureOf, listIncidents, publicIncident } from './live.ts'
import type { OpennessRoom } from './room.ts'
import { latestPublications, publicationById, publicationsOf } from './store.ts'
import type { Stream } from './stream.ts'

const anyone = { permit: 'anyone' as const }
/** Feeds may be kept this long by caches: "within seconds" is a promise. */
const cacheable = 'public, max-age=2'
const feedEntries = 100

/** The public API of the record: no accounts, no cookies, any origin may read it. */
export function opennessApi(server: FastifyInstance, room: OpennessRoom, stream: Stream): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  incidents(app as FastifyInstance, room)
  feeds(server, room)
  app.get(
    '/api/v1/stream',
    { config: anyone, schema: { querystring: StreamQuery } },
    async (request, reply) => {
      if (stream.clients >= limits.streamClients)
        return reply.code(503).header('retry-after', '10').send()
      const areas = request.query.areas?.split(',').filter(Boolean) ?? null
      const last = Number(request.headers['last-event-id'])
      reply.hijack()
      reply.raw.setHeader('access-control-allow-origin', '*')
      await stream.join(
        reply.raw,
        areas,
        Number.isSafeInteger(last) && last >= 0 && request.headers['last-event-id'] ? last : null,
      )
    },
  )
  app.post('/api/v1/check', { config: anyone, schema: { body: CheckBody } }, (request, reply) => {
    reply.header('cache-control', 'no-store')
    return check(room, request.body.text, langOf(room, request))
  })
}

function incidents(server: FastifyInstance, room: OpennessRoom): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/api/v1/incidents',
    { config: anyone, schema: { querystring: ListQuery } },
    async (request, reply) => {
      open(reply)
      const { now, lastCheckedAt, incidents } = await listIncidents(room, request.query)
      return { type: 'FeatureCollection', now, lastCheckedAt, features: incidents.map(featureOf) }
    },
  )
  app.get(
    '/api/v1/incidents/:id',
    { config: anyone, schema: { params: z.object({ id: z.string().max(40) }) } },
    async (request, reply) => {
      open(reply)
      const { now, incident, history } = await publicIncident(room, request.params.id)
      return { ...featureOf(incident), now, history }
    },
  )
}

function feeds(server: FastifyInstance, room: OpennessRoom): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  const latest = () => latestPublications(room.kernel.db, feedEntries)
  const query = {
    config: anyone,
    schema: { querystring: z.object({ lang: z.string().max(20).optional() }) },
  }
  app.get('/feeds/alerts.atom', query, async (request, reply) =>
    open(reply)
      .type('application/atom+xml; charset=utf-8')
      .send(atomFeed(room, await latest(), langOf(room, request))),
  )
  app.get('/feeds/alerts.cap.atom', query, async (request, reply) => {
    const entries = await latest()
    const said = await publicationsOf(room.kernel.db, ...entries.map((e) => e.incidentId))
    return open(reply)
      .type('application/atom+xml; charset=utf-8')
      .send(atomFeed(room, entries, langOf(room, request), said))
  })
  app.get('/feeds/alerts.json', query, async (request, reply) =>
    open(reply)
      .type('application/feed+json; charset=utf-8')
      .send(JSON.stringify(jsonFeed(room, await latest(), langOf(room, request)))),
  )
  app.get('/feeds/alerts.geojson', query, async (_request, reply) =>
    open(reply)
      .type('application/geo+json; charset=utf-8')
      .send(JSON.stringify(geoJsonFeed(room, await latest()))),
  )
  app.get(
    '/cap/:file',
    { config: anyone, schema: { params: z.object({ file: z.string().max(60) }) } },
    async (request, reply) => {
      const id = z.uuid().safeParse(request.params.file.replace(/\.xml$/, ''))
      const entry = id.success ? await publicationById(room.kernel.db, id.data) : undefined
      if (!entry) throw notFound('There is no message of this number.')
      const earlier = await publicationsOf(room.kernel.db, entry.incidentId)
      return open(reply)
        .type('application/cap+xml; charset=utf-8')
        .send(capDocument(room, entry, earlier))
    },
  )
}

const open = (reply: FastifyReply): FastifyReply =>
  reply.header('cache-control', cacheable).header('access-control-allow-origin', '*')

function langOf({ kernel: { city } }: OpennessRoom, request: FastifyRequest): string {
  const codes = city.languages.map(({ code }) => code)
  const wanted = (request.query as { lang?: string }).lang
  return wanted && codes.includes(wanted)
    ? wanted
    : negotiateLanguage(request.headers['accept-language'], codes, city.defaultLanguage)
}
