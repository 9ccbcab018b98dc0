// Opens what a push service delivered: nothing of it is believed before its signature holds.
import type { Alert } from '#src/alerts/contract-alert.ts'
import { alertPrefix } from '#src/alerts/contract-prefix.ts'

/** A public key of the deployment, as this phone pinned it. */
export interface AlertKey {
  keyId: string
  publicKey: string
}

/** A word whose signature holds, and what says that this phone has shown it. */
export interface OpenedMessage {
  alert: Alert
  receipt: string
}

/** More than the largest that a push service carries (RFC 8030 section 7.2). */
const mostCharacters = 4096

/** `other-key` tells that the deployment may have a new key; nothing of the words is looked at. */
export async function openMessage(
  text: string,
  alertKey: AlertKey,
  drillKey?: AlertKey,
): Promise<OpenedMessage | 'forged' | 'other-key'> {
  if (text.length > mostCharacters) return 'forged'
  const [signature = '', keyId = '', receipt = ''] = text.split('.', 3)
  const document = text.slice(signature.length + keyId.length + receipt.length + 3)
  const key = keyId === drillKey?.keyId ? drillKey : alertKey
  if (keyId !== key.keyId) return keyId && document ? 'other-key' : 'forged'
  const signed = new TextEncoder().encode(alertPrefix + document)
  if (!(await holds(signature, signed, key))) return 'forged'
  try {
    const alert = JSON.parse(document) as Alert
    // Neither key can speak for the other.
    return alert.drill === (key === drillKey) ? { alert, receipt } : 'forged'
  } catch {
    return 'forged'
  }
}

/** Whether an Ed25519 signature (RFC 8032, base64url) of this key is over these bytes. */
export async function holds(
  signature: string | Uint8Array<ArrayBuffer>,
  bytes: Uint8Array<ArrayBuffer>,
  { publicKey }: AlertKey,
): Promise<boolean> {
  try {
    const raw = bytesOf(publicKey)
    const key = await crypto.subtle.importKey('raw', raw, 'Ed25519', false, ['verify'])
    const given = typeof signature === 'string' ? bytesOf(signature) : signature
    return await crypto.subtle.verify('Ed25519', key, given, bytes)
  } catch {
    // No key, no signature, or a browser that cannot check: then it does not hold.
    return false
  }
}

/** Whether this browser can check signatures of this key at all; older ones know no Ed25519. */
export const canCheck = ({ publicKey }: AlertKey): Promise<boolean> =>
  crypto.subtle.importKey('raw', bytesOf(publicKey), 'Ed25519', false, ['verify']).then(
    () => true,
    () => false,
  )

/** Throws where the text is no base64url. */
export const bytesOf = (text: string): Uint8Array<ArrayBuffer> =>
  Uint8Array.from(atob(text.replaceAll('-', '+').replaceAll('_', '/')), (letter) =>
    letter.charCodeAt(0),
  )
