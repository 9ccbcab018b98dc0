// The demonstration's way to push: a browser reaches only its maker's push service by itself, and in a demonstration
// nothing leaves the machine. So this page asks the demonstration's own push service for an address, holds the line to it
// while it is open, opens each message as a browser does (RFC 8291) and hands its text to the service worker.
import { createStore, del, get, set } from 'idb-keyval'
import { post } from './ask-server.ts'
import { bytesOf } from './message.ts'
import { openSealed, type SealedTo } from './open-sealed.ts'
import type { PushSource } from './push-address.ts'

interface KeptAddress extends SealedTo {
  endpoint: string
}

const store = createStore('porchlight-demo-push', 'kept')
const door = '/api/v1/demo/push'
const kept = (): Promise<KeptAddress | undefined> => get('address', store)

const base64url = (bytes: ArrayBuffer | Uint8Array): string =>
  btoa(String.fromCharCode(...new Uint8Array(bytes)))
    .replaceAll('+', '-')
    .replaceAll('/', '_')
    .replaceAll('=', '')

/** An address of the demonstration's push service, and the keys that only this browser has. */
export const demoSource: PushSource = {
  async ask(vapid) {
    const pair = await crypto.subtle.generateKey({ name: 'ECDH', namedCurve: 'P-256' }, false, [
      'deriveBits',
    ])
    const point = new Uint8Array(await crypto.subtle.exportKey('raw', pair.publicKey))
    const auth = crypto.getRandomValues(new Uint8Array(16))
    const { endpoint } = await post<{ endpoint: string }>(door, { key: vapid })
    await set('address', { endpoint, secret: pair.privateKey, point, auth }, store)
    void hearDemo()
    return { endpoint, keys: { p256dh: base64url(point), auth: base64url(auth) } }
  },
  async endpoint() {
    const address = await kept()
    if (!address) return null
    // A demonstration that was started anew has forgotten it.
    const asked = new URLSearchParams({ endpoint: address.endpoint })
    const answer = await fetch(`${door}/known?${asked}`).catch(() => null)
    return answer?.status === 404 ? null : address.endpoint
  },
  async drop() {
    leave()
    await del('address', store)
  },
}

let leave = (): void => {}

/** Listens for messages while this page is open; of several pages one does. */
export async function hearDemo(): Promise<void> {
  const address = await kept()
  leave()
  if (address) await navigator.locks.request('porchlight-demo-push', () => listen(address))
}

/** Until the page is left, or another address takes this one's place. */
const listen = (address: KeptAddress): Promise<void> =>
  new Promise((resolve) => {
    const line = new EventSource(`${door}?${new URLSearchParams({ endpoint: address.endpoint })}`)
    leave = () => {
      line.close()
      resolve()
    }
    line.addEventListener('message', ({ data }) => void take(address, data))
  })

async function take(address: KeptAddress, data: string): Promise<void> {
  const text = new TextDecoder().decode(await openSealed(address, bytesOf(data)))
  const { active } = await navigator.serviceWorker.ready
  active?.postMessage({ heard: text })
}
