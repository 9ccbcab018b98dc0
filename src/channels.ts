import { type Channels, generateVapidKeys, webPushChannel } from './alerts/index.ts'
import type { Clock } from './kernel/clock.ts'
import { type Config, keptPair } from './kernel/config.ts'

/** Push services on this machine, and the certificates they show: tests and the demonstration only. */
export interface Loopback {
  ca: string | readonly string[]
}

/** The keys by which push services know this deployment: browsers subscribe with the public one. */
export const vapidKeysOf = ({ data }: Pick<Config, 'data'>) =>
  keptPair(data, 'vapid', () => ({ ...generateVapidKeys() })) as {
    publicKey: string
    privateKey: string
  }

/** The channels that a configuration opens; what it does not name is off. */
export function openChannels(
  config: Config,
  { origin, clock, loopback }: { origin: string; clock: Clock; loopback?: Loopback | undefined },
): Channels {
  return {
    webpush: webPushChannel({
      keys: vapidKeysOf(config),
      subject: origin.startsWith('https:') ? origin : 'mailto:operator@localhost.invalid',
      clock,
      ...(loopback ? { loopback } : {}),
    }),
  }
}
