import { limits } from '../../kernel/limits.ts'
import { isLoopbackHost, isPublicHost } from '../../kernel/net/public-address.ts'
import { Problem } from '../../kernel/problem.ts'

/**
 * A push resource's address as a browser gave it (RFC 8030), parsed. Throws `alerts/push-endpoint` (422) for
 * anything that could make the server ask a machine that is no push service: another scheme or port, credentials,
 * an address that is not public in whatever spelling. `allowLoopback` is for tests and the demo, with any port.
 * A name may still lead to a private address: connect with `publicLookup`.
 */
export function checkEndpoint(endpoint: string, { allowLoopback = false } = {}): URL {
  if (Buffer.byteLength(endpoint) > limits.pushEndpointBytes) throw refused('is too long')
  if (!URL.canParse(endpoint)) throw refused('is not a web address')
  const url = new URL(endpoint)
  if (url.protocol !== 'https:') throw refused('does not begin with https://')
  if (url.username || url.password) throw refused('holds a user name or password')
  if (allowLoopback && isLoopbackHost(url.hostname)) return url
  if (url.port) throw refused('names a port')
  if (!isPublicHost(url.hostname)) throw refused('does not lead to the public internet')
  return url
}

const refused = (what: string): Problem =>
  new Problem(
    'alerts/push-endpoint',
    422,
    `The push endpoint ${what}. Send the one the browser gave, unchanged.`,
  )
