import { type LookupAddress, lookup as systemLookup } from 'node:dns'
import type { LookupFunction } from 'node:net'
import ipaddr from 'ipaddr.js'

// Where the program may connect to when somebody else names the address (threat: requests forged from inside,
// security.md S33). A list of what is public, not of what is forbidden: new private ranges are refused unseen.

/**
 * Whether an internet address, in any of its spellings, is one of the public internet. Loopback, private,
 * link-local (clouds keep their metadata there), carrier-grade NAT, multicast, documentation and tunnels are
 * not; an IPv4 address inside an IPv6 one (mapped, or NAT64) is judged as what it is.
 */
export function isPublicAddress(address: string): boolean {
  if (!ipaddr.isValid(address)) return false
  const parsed = ipaddr.parse(address)
  const inner = parsed.kind() === 'ipv6' ? innerAddress(parsed as ipaddr.IPv6) : null
  return (inner ?? parsed).range() === 'unicast'
}

function innerAddress(address: ipaddr.IPv6): ipaddr.IPv4 | null {
  if (address.isIPv4MappedAddress()) return address.toIPv4Address()
  return address.range() === 'rfc6052' ? new ipaddr.IPv4(address.toByteArray().slice(12)) : null
}

/** Loopback in any spelling: what tests and the demo may name besides. */
export function isLoopbackAddress(address: string): boolean {
  return ipaddr.isValid(address) && ipaddr.process(address).range() === 'loopback'
}

/** Last labels that only ever mean this machine or this network (RFC 6761, 6762, 8375, ICANN's `internal`). */
const localNames = new Set([
  'localhost',
  'local',
  'internal',
  'localdomain',
  'lan',
  'home',
  'onion',
])

/**
 * Whether the host of a parsed URL may be asked for: a public address, or a name of at least two labels that
 * is not a local one. `new URL` has undone every spelling before (`0x7f.1`, `2130706433`, `ⓛocalhost`).
 */
export function isPublicHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  if (ipaddr.isValid(host)) return isPublicAddress(host)
  const labels = host.split('.')
  return labels.length > 1 && !localNames.has(labels.at(-1) as string) && host !== 'home.arpa'
}

/** Whether the host is this machine: `localhost` or a loopback address. */
export function isLoopbackHost(hostname: string): boolean {
  const host = hostname.replace(/^\[|\]$/g, '').replace(/\.$/, '')
  return host === 'localhost' || isLoopbackAddress(host)
}

/**
 * A `lookup` for sockets that refuses a name as soon as one of its addresses is not public: a name can be
 * public when it is checked and private when it is used. Pass it to every connection to an address of others.
 * A host that is an address itself is not looked up by Node: check it by `isPublicHost` first.
 */
export const publicLookup = ({
  allowLoopback = false,
  lookup = systemLookup as unknown as LookupAll,
}: {
  allowLoopback?: boolean
  lookup?: LookupAll
} = {}): LookupFunction => {
  const may = (address: string): boolean =>
    isPublicAddress(address) || (allowLoopback && isLoopbackAddress(address))
  return (hostname, options, callback) => {
    lookup(hostname, { ...options, all: true }, (error, addresses) => {
      const first = addresses?.[0]
      if (error || !first) return callback(error ?? refusal(), '', 0)
      if (!addresses.every(({ address }) => may(address))) return callback(refusal(), '', 0)
      if (options.all) callback(null, addresses)
      else callback(null, first.address, first.family)
    })
  }
}

/** Finds every address of a name, as Node's `dns.lookup` does. */
export type LookupAll = (
  hostname: string,
  options: { all: true; family?: number | string; hints?: number; order?: string },
  callback: (error: NodeJS.ErrnoException | null, addresses: LookupAddress[]) => void,
) => void

/** Says nothing of the name or the address: it may end in a log. */
const refusal = (): NodeJS.ErrnoException =>
  Object.assign(new Error('this address is not one of the public internet'), {
    code: 'ENOTPUBLIC',
  })
