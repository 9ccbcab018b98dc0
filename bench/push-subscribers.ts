import { createECDH, type ECDH, randomBytes } from 'node:crypto'
import { type PushKeys, storedPushKeys } from '../src/alerts/push/index.ts'

/** A browser's keys as each side stores them, and what opens a message to it. */
export interface Subscriber {
  point: Buffer
  auth: Buffer
  ecdh: ECDH
  /** As web-push takes them. */
  strings: { p256dh: string; auth: string }
}

/** So many, each with keys of its own. */
export const subscribers = (count: number): Subscriber[] =>
  Array.from({ length: count }, () => {
    const ecdh = createECDH('prime256v1')
    const [point, auth] = [ecdh.generateKeys(), randomBytes(16)]
    const strings = { p256dh: point.toString('base64url'), auth: auth.toString('base64url') }
    return { point, auth, ecdh, strings }
  })

export const keysOf = ({ point, auth }: Subscriber): PushKeys => storedPushKeys(point, auth)

/** What both sides send: as many bytes as a message holds, so that both encrypt the same length. */
export const payload = randomBytes(1024)
