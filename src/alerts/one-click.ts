import type { FastifyInstance, FastifyRequest } from 'fastify'
import { confirm } from './confirm.ts'
import type { AlertsRoom } from './room.ts'
import { unsubscribe } from './unsubscribe.ts'

/** A mail program sends a few bytes that say nothing we need. */
const bodyBytes = 4096

const route = {
  config: { permit: 'anyone' as const },
  schema: { hide: true },
  bodyLimit: bodyBytes,
}

type WithCapability = FastifyRequest<{ Params: { capability: string } }>

/**
 * The one click of mail programs (RFC 8058), which send a form of whatever kind, and the word of
 * whoever confirms. Every capability, right or wrong or used, is answered alike. People are led to
 * pages instead (`/alerts/off`, `/alerts/confirm`): programs that look at links must change nothing.
 */
export function oneClick(server: FastifyInstance, room: AlertsRoom): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // Nothing that is sent here is read: the address says it all.
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) =>
      done(null, null),
    )
    const acts = [
      ['/api/v1/subscriptions/:capability/unsubscribe', unsubscribe],
      ['/api/v1/subscriptions/confirmations/:capability', confirm],
    ] as const
    for (const [path, act] of acts)
      scope.post(path, route, async ({ params }: WithCapability, reply) => {
        await act(room, params.capability.slice(0, 200))
        return reply.header('cache-control', 'no-store').code(204).send()
      })
  })
}
