import { webcrypto } from 'node:crypto'

/** What a browser keeps of its push subscription. */
export interface Receiver {
  /** Its P-256 point, uncompressed, and the scalar behind it. */
  point: Uint8Array
  secret: Uint8Array
  auth: Uint8Array
}

const { subtle } = webcrypto
const curve = { name: 'ECDH', namedCurve: 'P-256' }

/**
 * Opens a message of RFC 8291 as a browser does, by WebCrypto alone and sharing nothing with what encrypts:
 * the judge of our own encryption. Throws where the message is not for this receiver or a bit was changed.
 */
export async function openPushMessage(who: Receiver, message: Uint8Array): Promise<Buffer> {
  const bytes = Buffer.from(message)
  const ids = bytes.readUInt8(20)
  const [salt, sender] = [bytes.subarray(0, 16), bytes.subarray(21, 21 + ids)]
  const body = bytes.subarray(21 + ids)
  if (ids !== 65 || body.length > bytes.readUInt32BE(16)) throw new Error('not one record of ours')
  const theirs = await subtle.importKey('raw', sender, curve, false, [])
  const shared = await subtle.deriveBits({ name: 'ECDH', public: theirs }, await ownKey(who), 256)
  const info = Buffer.concat([Buffer.from('WebPush: info\0'), who.point, sender])
  const ikm = await hkdf(shared, who.auth, info, 256)
  const key = await hkdf(ikm, salt, Buffer.from('Content-Encoding: aes128gcm\0'), 128)
  const iv = await hkdf(ikm, salt, Buffer.from('Content-Encoding: nonce\0'), 96)
  const aes = await subtle.importKey('raw', key, 'AES-GCM', false, ['decrypt'])
  return unpadded(Buffer.from(await subtle.decrypt({ name: 'AES-GCM', iv }, aes, body)))
}

/** The text before the byte 2 that ends the last record, and the zeros behind it (RFC 8188 section 2). */
function unpadded(record: Buffer): Buffer {
  const end = record.findLastIndex((byte) => byte !== 0)
  if (end < 0 || record[end] !== 2) throw new Error('the record does not end')
  return record.subarray(0, end)
}

async function hkdf(
  key: ArrayBuffer,
  salt: Uint8Array,
  info: Uint8Array,
  bits: number,
): Promise<ArrayBuffer> {
  const material = await subtle.importKey('raw', key, 'HKDF', false, ['deriveBits'])
  return subtle.deriveBits({ name: 'HKDF', hash: 'SHA-256', salt, info } as never, material, bits)
}

function ownKey({ point, secret }: Receiver): Promise<webcrypto.CryptoKey> {
  const part = (from: Uint8Array): string => Buffer.from(from).toString('base64url')
  const jwk = {
    kty: 'EC',
    crv: 'P-256',
    x: part(point.subarray(1, 33)),
    y: part(point.subarray(33, 65)),
    d: part(secret),
  }
  return subtle.importKey('jwk', jwk, curve, false, ['deriveBits'])
}
