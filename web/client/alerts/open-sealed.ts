// Opens a push message as a browser does (RFC 8291, RFC 8188). Browsers do this themselves: only the demonstration's
// page, which stands in for a push service, needs it.

/** Whom a message is sealed to. */
export interface SealedTo {
  /** Of the P-256 pair; it cannot be read out. */
  secret: CryptoKey
  /** Its public point, uncompressed. */
  point: Uint8Array<ArrayBuffer>
  auth: Uint8Array<ArrayBuffer>
}

const words = (text: string): Uint8Array<ArrayBuffer> => new TextEncoder().encode(text)
const pointBytes = 65

/** The bytes of the message. Throws where it is not for this receiver or a bit was changed. */
export async function openSealed(
  { secret, point, auth }: SealedTo,
  message: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array<ArrayBuffer>> {
  const salt = message.slice(0, 16)
  if (message[20] !== pointBytes) throw new Error('not sealed as ours are')
  const sender = message.slice(21, 21 + pointBytes)
  const curve = { name: 'ECDH', namedCurve: 'P-256' }
  const theirs = await crypto.subtle.importKey('raw', sender, curve, false, [])
  const shared = await crypto.subtle.deriveBits({ name: 'ECDH', public: theirs }, secret, 256)
  const info = new Uint8Array([...words('WebPush: info\0'), ...point, ...sender])
  const first = await hkdf(shared, auth, info, 256)
  const raw = await hkdf(first, salt, words('Content-Encoding: aes128gcm\0'), 128)
  const iv = await hkdf(first, salt, words('Content-Encoding: nonce\0'), 96)
  const key = await crypto.subtle.importKey('raw', raw, 'AES-GCM', false, ['decrypt'])
  const body = message.slice(21 + pointBytes)
  const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, key, body)
  const record = new Uint8Array(opened)
  // The text ends before the byte 2 of the last record; zeros fill it up.
  const end = record.findLastIndex((byte) => byte !== 0)
  if (record[end] !== 2) throw new Error('the record does not end')
  return record.slice(0, end)
}

async function hkdf(
  key: ArrayBuffer,
  salt: Uint8Array<ArrayBuffer>,
  info: Uint8Array<ArrayBuffer>,
  bits: number,
): Promise<ArrayBuffer> {
  const material = await crypto.subtle.importKey('raw', key, 'HKDF', false, ['deriveBits'])
  return crypto.subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info }, material, bits)
}
