// Where push services reach this browser.
import { Refused } from './ask-server.ts'
import { bytesOf } from './message.ts'

/** An address and the keys that messages to it are sealed with, as the server takes them. */
export interface PushAddress {
  endpoint: string
  keys: { p256dh: string; auth: string }
}

/** What gives this browser a push address: the browser itself, or the demonstration's page. */
export interface PushSource {
  /** The address for messages of whoever holds this key (base64url). Throws Refused. */
  ask(vapid: string): Promise<PushAddress>
  /** Where messages come now; null where none can. */
  endpoint(): Promise<string | null>
  /** Nothing comes to it any more. */
  drop(): Promise<void>
}

/** The browser's own push service. */
export const browserSource = ({ pushManager }: ServiceWorkerRegistration): PushSource => ({
  async ask(vapid) {
    if (!pushManager) throw new Refused('unable')
    try {
      const made = await pushManager.subscribe({
        userVisibleOnly: true,
        applicationServerKey: bytesOf(vapid),
      })
      const { endpoint = '', keys = {} } = made.toJSON()
      return { endpoint, keys: { p256dh: keys.p256dh ?? '', auth: keys.auth ?? '' } }
    } catch {
      throw new Refused('unable')
    }
  },
  endpoint: async () => (await pushManager?.getSubscription())?.toJSON().endpoint ?? null,
  async drop() {
    await (await pushManager?.getSubscription())?.unsubscribe()
  },
})
