import { hmac, openWith, sealWith } from '../kernel/crypto.ts'
import type { Kernel } from '../kernel/kernel.ts'
import type { Endpoint } from './contract.ts'

type Keys = Pick<Kernel, 'secrets'>

/** One text an address, however it was written, so that its hash is one too. */
export function addressOf(endpoint: Endpoint): string {
  if (endpoint.channel === 'webpush') return endpoint.endpoint
  if (endpoint.channel === 'sms') return endpoint.number
  return endpoint.channel === 'email' ? endpoint.address.toLowerCase() : endpoint.url
}

/** The keyed hash of an address: without the key, which is not in the database, nobody can try numbers. */
export const addressHash = ({ secrets }: Keys, channel: string, address: string): string =>
  hmac(secrets.phonePepper, `${channel} ${address}`)

/** Seals where a message goes, to the row whose address hash that is (security.md S6, S7). */
export const sealEndpoint = ({ secrets }: Keys, hash: string, endpoint: Endpoint): Buffer =>
  sealWith(secrets.subscriberKey, `subscription ${hash}`, Buffer.from(JSON.stringify(endpoint)))

/** Where a message goes; null where the key is another, or the row was ended. */
export function openEndpoint({ secrets }: Keys, hash: string, sealed: Buffer): Endpoint | null {
  const bytes = openWith(secrets.subscriberKey, `subscription ${hash}`, sealed)
  return bytes && (JSON.parse(bytes.toString('utf8')) as Endpoint)
}

/** What a phone hands back once it has shown an alert: nobody else can make it. */
export const receiptOf = ({ secrets }: Keys, id: number, word: string): string =>
  `${id.toString(36)}~${hmac(secrets.subscriberKey, `receipt ${id} ${word}`).slice(0, 20)}`
