import {
  type Channels,
  GatewayFault,
  generateVapidKeys,
  mailChannel,
  openGateway,
  readServer,
  smsChannel,
  type Wording,
  webhookChannel,
  webPushChannel,
} from './alerts/index.ts'
import { type Config, ConfigError, keptPair, readSendKeys } from './kernel/config.ts'
import type { Kernel } from './kernel/kernel.ts'
import { limits } from './kernel/limits.ts'

/** Push services and webhooks on this machine, and the certificates they show: tests and the demonstration only. */
export interface Loopback {
  ca: string | readonly string[]
}

/** The keys by which push services know this deployment: browsers subscribe with the public one. */
export const vapidKeysOf = ({ data }: Pick<Config, 'data'>) =>
  keptPair(data, 'vapid', () => ({ ...generateVapidKeys() })) as {
    publicKey: string
    privateKey: string
  }

export interface Around {
  kernel: Kernel
  wording: Wording
  origin: string
  loopback?: Loopback | undefined
}

/** The channels that a configuration opens; what it does not name is off. Throws ConfigError. */
export function openChannels(config: Config, around: Around): Channels {
  const { kernel, origin, loopback } = around
  const sms = openSms(config, around)
  const email = openMail(config, around)
  return {
    webpush: webPushChannel({
      keys: vapidKeysOf(config),
      subject: origin.startsWith('https:') ? origin : 'mailto:operator@localhost.invalid',
      clock: kernel.clock,
      ...(loopback ? { loopback } : {}),
    }),
    webhook: webhookChannel({ clock: kernel.clock, ...(loopback ? { loopback } : {}) }),
    ...(sms ? { sms } : {}),
    ...(email ? { email } : {}),
  }
}

function openSms(config: Config, { kernel, wording }: Around): Channels['sms'] {
  const { smsUrl: url, smsBody, smsRate } = config
  if (url === undefined) return undefined
  const { sms: key } = readSendKeys(config)
  return orSentence('SMS_URL', () =>
    smsChannel({
      kernel,
      wording,
      gateway: openGateway({ url, body: smsBody ?? null, key }),
      perSecond: smsRate ?? limits.textsPerSecond,
    }),
  )
}

function openMail(config: Config, { kernel, wording, origin }: Around): Channels['email'] {
  const { smtpUrl: url, mailFrom } = config
  if (url === undefined) return undefined
  const { smtp: key } = readSendKeys(config)
  return orSentence('SMTP_URL', () =>
    mailChannel({ kernel, wording, origin, server: readServer(url, mailFrom, key) }),
  )
}

/** One sentence that names the option and what is wrong, never its value: it may hold a secret. */
function orSentence<T>(option: string, open: () => T): T {
  try {
    return open()
  } catch (error) {
    if (!(error instanceof GatewayFault)) throw error
    throw new ConfigError(`${option} has a wrong value (not shown): ${error.message}.`)
  }
}
