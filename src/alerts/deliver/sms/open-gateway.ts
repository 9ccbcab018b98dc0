import { GatewayFault } from '../gateway-fault.ts'
import type { SmsGateway } from './gateway.ts'
import { smppGateway } from './smpp-gateway.ts'
import { templateGateway } from './template-gateway.ts'
import { twilioGateway } from './twilio-gateway.ts'

export interface GatewaySettings {
  /** SMS_URL: `https+twilio://ACCOUNT@HOST?from=`, `smpp://USER@HOST?from=`, or an address with `{to}` and `{text}`. */
  url: string
  /** What is posted to such an address. */
  body: string | null
  /** The secret, from its file. */
  key: string | null
}

/** Opens the gateway that SMS_URL names, connecting to nobody yet. Throws GatewayFault. */
export function openGateway({ url, body, key }: GatewaySettings): SmsGateway {
  const scheme = /^[a-z+]+(?=:\/\/)/.exec(url)?.[0] ?? ''
  if (scheme === 'https' || scheme === 'http') return template(url, body, key)
  if (body !== null) throw new GatewayFault('a body goes with an http or https address only')
  if (scheme === 'https+twilio' || scheme === 'http+twilio') {
    const { user, from, host } = named(url)
    const origin = `${scheme.split('+')[0]}://${host}`
    return twilioGateway({ origin, account: user, token: needed(key), from })
  }
  if (scheme === 'smpp' || scheme === 'smpps') {
    const { user, from, host } = named(url)
    const address = `${scheme === 'smpps' ? 'ssmpp' : 'smpp'}://${host}`
    return smppGateway({ url: address, systemId: user, password: needed(key), from })
  }
  throw new GatewayFault(
    'it begins with none of https+twilio://, smpp://, smpps://, https://, http://',
  )
}

function template(url: string, body: string | null, key: string | null): SmsGateway {
  const all = url + (body ?? '')
  if (!all.includes('{to}') || !all.includes('{text}'))
    throw new GatewayFault('address and body must hold {to} and {text}')
  const read = URL.canParse(url) ? new URL(url) : null
  if (!read) throw new GatewayFault('it is no address')
  if (read.password) throw new GatewayFault('the secret goes into the key file, as {key} here')
  if (/[{}]/.test(read.host)) throw new GatewayFault('its host must be fixed')
  return templateGateway({ url, body, key })
}

/** Who we are at a gateway, whence messages come, and where it is. */
function named(url: string): { user: string; from: string; host: string } {
  const read = URL.canParse(url) ? new URL(url) : null
  // Whoever writes a plus as it is means a plus.
  const from = read?.searchParams.get('from')?.replace(' ', '+').trim() ?? ''
  if (!read?.username || !read.host) throw new GatewayFault('it names no account and host')
  if (read.password) throw new GatewayFault('the secret goes into the key file')
  if (from === '') throw new GatewayFault('it says no ?from=')
  return { user: decodeURIComponent(read.username), from, host: read.host }
}

function needed(key: string | null): string {
  if (key) return key
  throw new GatewayFault('its key file (PORCHLIGHT_SMS_OUT_KEY_FILE) is not named')
}
