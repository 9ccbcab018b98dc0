import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import type { ZodTypeProvider } from 'fastify-type-provider-zod'
import { negotiateLanguage } from '../../kernel/i18n/index.ts'
import { notFound } from '../../kernel/problem.ts'
import { TreeQuery, WarrantBody } from '../contract-warrant-api.ts'
import { decide } from './decide.ts'
import type { WarrantRoom } from './room.ts'
import { treeInWords } from './tree-in-words.ts'

const anyone = { permit: 'anyone' as const }

/** The warrant checker for programs: stateless; nothing that is asked is stored or logged. */
export function warrantApi(server: FastifyInstance, room: WarrantRoom): void {
  const app = server.withTypeProvider<ZodTypeProvider>()
  app.get(
    '/api/v1/rights/warrant',
    { config: anyone, schema: { querystring: TreeQuery } },
    async (request, reply) => {
      open(reply).header('cache-control', 'public, max-age=300').header('vary', 'accept-language')
      return treeInWords(room, guideOf(room), langOf(room, request))
    },
  )
  app.post(
    '/api/v1/rights/warrant',
    { config: anyone, schema: { querystring: TreeQuery, body: WarrantBody } },
    async (request, reply) => {
      open(reply).header('cache-control', 'no-store')
      return decide(room, guideOf(room), request.body, langOf(room, request))
    },
  )
}

function guideOf({ guide }: WarrantRoom) {
  if (!guide) throw notFound('This city has no warrant checker. Call one of its legal contacts.')
  return guide
}

const open = (reply: FastifyReply): FastifyReply => reply.header('access-control-allow-origin', '*')

function langOf({ city }: WarrantRoom, request: FastifyRequest): string {
  const codes = city.languages.map(({ code }) => code)
  const wanted = (request.query as TreeQuery).lang
  return wanted && codes.includes(wanted)
    ? wanted
    : negotiateLanguage(request.headers['accept-language'], codes, city.defaultLanguage)
}
