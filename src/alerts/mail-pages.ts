import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify'
import { negotiateLanguage } from '../kernel/i18n/index.ts'
import { confirm } from './confirm.ts'
import { escapeHtml, htmlPage, pagePolicy } from './html.ts'
import type { AlertsRoom } from './room.ts'
import { unsubscribe } from './unsubscribe.ts'

/** A mail program sends a few bytes that say nothing we need. */
const bodyBytes = 4096

const route = {
  config: { permit: 'anyone' as const },
  schema: { hide: true },
  bodyLimit: bodyBytes,
}

type Acts = 'stop' | 'confirm'
type WithCapability = FastifyRequest<{ Params: { capability: string } }>

/**
 * Where the links of letters lead: a page with one button, since programs that look at links before
 * people do must change nothing; and the one click of mail programs (RFC 8058), which sends a form of
 * whatever kind. Every capability, right or wrong or used, is answered alike.
 */
export function mailPages(server: FastifyInstance, room: AlertsRoom): void {
  server.register(async (scope) => {
    scope.removeAllContentTypeParsers()
    // Nothing that is sent here is read: the address says it all.
    scope.addContentTypeParser('*', { parseAs: 'string' }, (_request, _body, done) =>
      done(null, null),
    )
    const paths = [
      ['/api/v1/subscriptions/:capability/unsubscribe', 'stop'],
      ['/api/v1/subscriptions/confirmations/:capability', 'confirm'],
    ] as const
    for (const [path, acts] of paths) {
      scope.get(path, route, (request, reply) => question(room, request, reply, acts))
      scope.post(path, route, async (request: WithCapability, reply) => {
        const capability = request.params.capability.slice(0, 200)
        await (acts === 'stop' ? unsubscribe(room, capability) : confirm(room, capability))
        if (!request.headers.accept?.includes('text/html')) return reply.code(204).send()
        const t = translatorOf(room, request)
        return page(
          reply,
          htmlPage(t, t('alerts.page.done'), `<p>${escapeHtml(t('alerts.page.done'))}</p>`),
        )
      })
    }
  })
}

function question(
  room: AlertsRoom,
  request: FastifyRequest,
  reply: FastifyReply,
  acts: Acts,
): FastifyReply {
  const t = translatorOf(room, request)
  const [asked, button] = [t(`alerts.page.${acts}-ask`), t(`alerts.page.${acts}-button`)]
  const form = `<form method="post"><button>${escapeHtml(button)}</button></form>`
  return page(reply, htmlPage(t, asked, `<h1>${escapeHtml(asked)}</h1>${form}`))
}

/** By what the browser asks for: the subscription's own language would say that there is one. */
function translatorOf({ kernel: { city }, translator }: AlertsRoom, request: FastifyRequest) {
  const offered = city.languages.map(({ code }) => code)
  const wanted = request.headers['accept-language']
  return translator(negotiateLanguage(wanted, offered, city.defaultLanguage))
}

const page = (reply: FastifyReply, html: string): FastifyReply =>
  reply
    .header('cache-control', 'no-store')
    .header('content-security-policy', pagePolicy)
    .header('referrer-policy', 'no-referrer')
    .type('text/html; charset=utf-8')
    .send(html)
