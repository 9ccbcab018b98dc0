import type { IncomingMessage, ServerResponse } from 'node:http'
import type { City } from '../city/index.ts'
import { negotiateLanguage } from '../i18n/negotiate.ts'

/** SvelteKit's handler as its build exports it. */
export type PageHandler = (req: IncomingMessage, res: ServerResponse, next: () => void) => void

interface Front {
  city: City
  /** The application, which pages find on the request. */
  app: unknown
  handler: PageHandler
  /** `https` where a proxy in front of us speaks TLS (PUBLIC_URL). */
  protocol: 'http' | 'https'
}

const assets =
  /^\/(_app\/|fonts\/|client\/|icon(-plain)?\.svg|favicon\.ico|robots\.txt|manifest(-plain)?\.webmanifest|service-worker\.js)/

/**
 * Answers page requests: chooses the language where the address names none, and hands the
 * application to the pages. No header that a client sends can pose as our proxy's.
 */
export function pageFront({
  city,
  app,
  handler,
  protocol,
}: Front): (req: IncomingMessage, res: ServerResponse) => void {
  const codes = city.languages.map(({ code }) => code)
  return (req, res) => {
    const path = req.url ?? '/'
    headers(res, path)
    if (!wellFormed(path))
      return void res
        .writeHead(400, { 'content-type': 'text/plain' })
        .end('This address is not well formed.')
    const first = path.split(/[/?]/, 2)[1] ?? ''
    if (!assets.test(path) && !codes.includes(first)) {
      const lang = negotiateLanguage(req.headers['accept-language'], codes, city.defaultLanguage)
      res.setHeader('vary', 'accept-language')
      req.url = `/${lang}${path === '/' ? '' : path.startsWith('/?') ? path.slice(1) : path}`
    }
    req.headers['x-forwarded-proto'] = protocol
    Object.assign(req, { porchlight: app })
    handler(req, res, () => void res.writeHead(404).end())
  }
}

/** Pages that hold what somebody typed, or a person of the desk: no copy stays anywhere. */
const personal = /^\/[^/?]*\/?(desk|report|receipt|check|demo)\b/

const workerRules = "default-src 'none'; script-src 'self'; connect-src 'self'"

function headers(res: ServerResponse, path: string): void {
  res.setHeader('x-content-type-options', 'nosniff')
  res.setHeader('referrer-policy', 'same-origin')
  res.setHeader('cross-origin-opener-policy', 'same-origin')
  res.setHeader(
    'permissions-policy',
    'geolocation=(self), camera=(), microphone=(), browsing-topics=()',
  )
  // A worker has the rules of its own answer, not the page's: without any it could do what the page may not.
  if (path.startsWith('/_app/immutable/workers/'))
    res.setHeader('content-security-policy', workerRules)
  if (!path.startsWith('/_app/immutable/')) res.setHeader('cache-control', cachingOf(path))
}

/** A minute after an alert everybody asks for the same page: caches may answer for a few seconds. */
const cachingOf = (path: string): string =>
  personal.test(path) ? 'no-store' : 'public, max-age=3, stale-while-revalidate=10'

function wellFormed(path: string): boolean {
  try {
    const decoded = decodeURIComponent(path.split('?', 1)[0] ?? '')
    return (
      path.startsWith('/') &&
      !path.startsWith('//') &&
      !decoded.includes('\0') &&
      decoded.isWellFormed()
    )
  } catch {
    return false
  }
}
