import type { Endpoint, NewSubscription } from './contract.ts'
import { readPushKeys } from './push/index.ts'
import { readNumber } from './read-number.ts'
import { refuse } from './refuse.ts'
import type { AlertsRoom } from './room.ts'

/**
 * Where a new subscription is to be sent, checked as far as it can be without asking anybody. Throws
 * `alerts/endpoint-missing`, `/endpoint-refused`, `/push-keys`, `/push-endpoint`, `/number-refused`.
 */
export function readEndpoint(
  room: AlertsRoom,
  body: NewSubscription,
  capability: string,
): Endpoint {
  const { ids, city } = room.kernel
  if (body.channel === 'webpush' && body.webpush) {
    const { endpoint, keys } = body.webpush
    readPushKeys(keys)
    return { channel: 'webpush', endpoint: room.checkAddress(endpoint), ...keys }
  }
  if (body.channel === 'webhook' && body.webhook)
    return {
      channel: 'webhook',
      url: room.checkAddress(body.webhook.url),
      secret: hookSecret(ids.secret()),
    }
  if (body.channel === 'email' && body.email)
    return { channel: 'email', address: readMail(body.email), capability, confirm: ids.secret() }
  if (body.channel === 'sms' && body.phone) {
    const number = readNumber(body.phone, city.country)
    if (!number) throw refuse('alerts/number-refused')
    return { channel: 'sms', number, capability }
  }
  throw refuse('alerts/endpoint-missing')
}

/** As standardwebhooks.com writes one, so that its libraries read it. */
const hookSecret = (secret: string): string =>
  `whsec_${Buffer.from(secret, 'base64url').toString('base64')}`

/** One mailbox and nothing else: a line break would be a header of its own, a comma a second letter. */
function readMail(text: string): string {
  const [, local, domain] =
    /^([^\s@<>(),;:"\\[\]]{1,64})@([\p{L}\p{N}.-]{1,190})$/u.exec(text.trim()) ?? []
  if (!local || !domain?.includes('.') || domain.includes('..'))
    throw refuse('alerts/endpoint-refused')
  return `${local}@${domain.toLowerCase()}`
}
