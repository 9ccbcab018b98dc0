import type { IncomingMessage } from 'node:http'
import { Problem } from '../kernel/problem.ts'
import { sessionHours } from './rules.ts'

/** Where a request reached us: what a passkey is bound to, and what the cookie is called there. */
export interface Site {
  origin: string
  /** The host name a passkey belongs to. */
  rpId: string
  secure: boolean
  cookieName: string
}

/**
 * The site of a request: PUBLIC_URL where it is set, since proxies rewrite Host; else the host the
 * request names. Throws 400 `kernel/bad-address` if it names none.
 */
export function siteOf(publicUrl: string | null, request: Pick<IncomingMessage, 'headers'>): Site {
  const url = parse(publicUrl ?? `http://${request.headers.host ?? ''}`)
  const secure = url.protocol === 'https:'
  return {
    origin: url.origin,
    rpId: url.hostname,
    secure,
    cookieName: secure ? '__Host-desk' : 'desk-session',
  }
}

function parse(address: string): URL {
  try {
    return new URL(address)
  } catch {
    throw new Problem('kernel/bad-address', 400, 'The header Host is missing or not well formed.')
  }
}

/** Whether a browser says that one of our own pages sent this; other sites cannot forge either. */
export const fromOwnPage = (site: Site, { headers }: Pick<IncomingMessage, 'headers'>): boolean =>
  headers.origin === site.origin || headers['sec-fetch-site'] === 'same-origin'

/** The session secret in the request's cookies, or null. Two of the name are none: one was planted. */
export function sessionCookie(
  site: Site,
  { headers }: Pick<IncomingMessage, 'headers'>,
): string | null {
  const prefix = `${site.cookieName}=`
  const found = (headers.cookie ?? '')
    .split(';')
    .map((part) => part.trim())
    .filter((part) => part.startsWith(prefix))
  return found.length === 1 ? (found[0]?.slice(prefix.length) ?? null) : null
}

const attributes = (site: Site): string =>
  `Path=/; HttpOnly; SameSite=Strict${site.secure ? '; Secure' : ''}`

/** The Set-Cookie header that opens a session in a browser. */
export const openingCookie = (site: Site, secret: string): string =>
  `${site.cookieName}=${secret}; ${attributes(site)}; Max-Age=${sessionHours * 3600}`

/** The Set-Cookie header that removes it. */
export const closingCookie = (site: Site): string =>
  `${site.cookieName}=; ${attributes(site)}; Max-Age=0`
