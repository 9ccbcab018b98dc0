import { isLoopbackHost } from '../../../kernel/net/public-address.ts'
import { GatewayFault } from '../gateway-fault.ts'

/** By whom e-mail goes out, and as whom. */
export interface MailServer {
  host: string
  port: number
  /** TLS from the first byte; else STARTTLS is demanded, except on this machine. */
  secure: boolean
  insecure: boolean
  user: string | null
  password: string | null
  from: string
  envelopeFrom: string
  domain: string
}

/** One mailbox: a line break would be a header of its own. */
const mailbox = /^[^\s@<>,;:"]{1,64}@[a-zA-Z0-9.-]{1,190}$/

/** The mailbox of `Name <box@host>` or `box@host`, where the whole of it can be a header. */
function mailboxOf(from: string): string | null {
  const [name = '', box] = from.endsWith('>') ? from.slice(0, -1).split('<') : ['', from]
  const fits = box !== undefined && mailbox.test(box) && !/[\p{Cc}",:;>]/u.test(name)
  return fits ? box : null
}

/** Reads SMTP_URL (`smtp://user@host:587`, `smtps://`), its key and PORCHLIGHT_MAIL_FROM. Throws GatewayFault. */
export function readServer(url: string, from: string | undefined, key: string | null): MailServer {
  const read = URL.canParse(url) ? new URL(url) : null
  if (!read?.hostname || !['smtp:', 'smtps:'].includes(read.protocol))
    throw new GatewayFault('it is no smtp:// or smtps:// address')
  if (read.password)
    throw new GatewayFault('the password goes into the key file (PORCHLIGHT_SMTP_KEY_FILE)')
  const envelopeFrom = mailboxOf(from?.trim() ?? '')
  if (!from || !envelopeFrom)
    throw new GatewayFault(
      'PORCHLIGHT_MAIL_FROM must say from whom, as "Porchlight <alerts@example.org>"',
    )
  const secure = read.protocol === 'smtps:'
  return {
    host: read.hostname.replace(/^\[|\]$/g, ''),
    port: Number(read.port || (secure ? 465 : 587)),
    secure,
    insecure: !secure && isLoopbackHost(read.hostname),
    user: read.username ? decodeURIComponent(read.username) : null,
    password: key,
    from: from.trim(),
    envelopeFrom,
    domain: envelopeFrom.split('@')[1] ?? '',
  }
}
