import { createHash, generateKeyPairSync, type KeyObject, randomBytes, sign } from 'node:crypto'
import type { NewPasskey, PasskeyProof } from '../src/desk/contract-passkeys.ts'

/** The lies a test may want a passkey, or the browser around it, to tell. */
export interface Lies {
  /** The page that asks, as the browser sees it. */
  origin?: string
  rpId?: string
  challenge?: string
  counter?: number
  userVerified?: boolean
  /** Whose passkey it says it is; null says nothing. */
  userHandle?: string | null
  crossOrigin?: boolean
  /** Signs with this key instead of its own. */
  key?: KeyObject
  /** Claims another passkey's id at registration. */
  credentialId?: string
  /** Attests itself with this certificate. */
  certificate?: Buffer
}

interface CreationOptions {
  challenge: string
  user: { id: string }
}

/** A discoverable, user-verifying passkey in software (P-256), its counter in the test's hands. */
export interface Passkey {
  readonly id: string
  readonly key: KeyObject
  counter: number
  /** Whose it is, since it was registered: base64url. */
  userHandle: string | null
  /** What `navigator.credentials.create()` answers, as JSON. */
  register(options: CreationOptions, lies?: Lies): NewPasskey
  /** What `navigator.credentials.get()` answers, as JSON. Moves the counter on by one. */
  prove(options: { challenge: string }, lies?: Lies): PasskeyProof
}

/** A new passkey, as a browser on a page of `origin` uses it. */
export function makePasskey(origin = 'http://localhost'): Passkey {
  const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' })
  const id = randomBytes(16).toString('base64url')
  return {
    id,
    key: privateKey,
    counter: 0,
    userHandle: null,
    register(options, lies = {}) {
      this.userHandle = options.user.id
      const claimed = lies.credentialId ?? id
      const attested = Buffer.concat([
        Buffer.alloc(16),
        uint16(16),
        Buffer.from(claimed, 'base64url'),
        coseKey(publicKey),
      ])
      const data = authenticatorData(origin, lies.counter ?? this.counter, lies, attested)
      const clientDataJSON = clientData('webauthn.create', options.challenge, origin, lies)
      const attestationObject = attestation(data, lies.certificate).toString('base64url')
      const response = { clientDataJSON, attestationObject, transports: ['internal'] }
      return { ...named(claimed), response }
    },
    prove(options, lies = {}) {
      this.counter = lies.counter ?? this.counter + 1
      const data = authenticatorData(origin, this.counter, lies)
      const clientDataJSON = clientData('webauthn.get', options.challenge, origin, lies)
      const signed = Buffer.concat([data, sha256(Buffer.from(clientDataJSON, 'base64url'))])
      const handle = lies.userHandle === undefined ? this.userHandle : lies.userHandle
      const response = {
        clientDataJSON,
        authenticatorData: data.toString('base64url'),
        signature: sign('sha256', signed, lies.key ?? privateKey).toString('base64url'),
        ...(handle === null ? {} : { userHandle: handle }),
      }
      return { ...named(id), response }
    },
  }
}

const named = (id: string) => ({
  id,
  rawId: id,
  type: 'public-key' as const,
  clientExtensionResults: {},
})

const sha256 = (bytes: Buffer | string): Buffer => createHash('sha256').update(bytes).digest()

function clientData(type: string, challenge: string, origin: string, lies: Lies): string {
  const said = {
    type,
    challenge: lies.challenge ?? challenge,
    origin: lies.origin ?? origin,
    crossOrigin: lies.crossOrigin ?? false,
  }
  return Buffer.from(JSON.stringify(said)).toString('base64url')
}

/** WebAuthn 6.1: hash of the site, flags, counter, and at registration the key itself. */
function authenticatorData(
  origin: string,
  counter: number,
  lies: Lies,
  attested: Buffer = Buffer.alloc(0),
): Buffer {
  const present = 0x01
  const verified = lies.userVerified === false ? 0 : 0x04
  const holdsKey = attested.length > 0 ? 0x40 : 0
  const count = Buffer.alloc(4)
  count.writeUInt32BE(counter)
  return Buffer.concat([
    sha256(lies.rpId ?? new URL(origin).hostname),
    Buffer.from([present | verified | holdsKey]),
    count,
    attested,
  ])
}

const attestation = (data: Buffer, certificate?: Buffer): Buffer =>
  map([
    [text('fmt'), text(certificate ? 'packed' : 'none')],
    [
      text('attStmt'),
      certificate
        ? map([
            [text('alg'), integer(-7)],
            [text('sig'), bytes(Buffer.alloc(64))],
            [text('x5c'), Buffer.concat([head(4, 1), bytes(certificate)])],
          ])
        : map([]),
    ],
    [text('authData'), bytes(data)],
  ])

/** RFC 9053: kty EC2, alg ES256, curve P-256, x, y. */
function coseKey(publicKey: KeyObject): Buffer {
  const { x = '', y = '' } = publicKey.export({ format: 'jwk' })
  return map([
    [integer(1), integer(2)],
    [integer(3), integer(-7)],
    [integer(-1), integer(1)],
    [integer(-2), bytes(Buffer.from(x, 'base64url'))],
    [integer(-3), bytes(Buffer.from(y, 'base64url'))],
  ])
}

// As much of CBOR (RFC 8949) as a passkey speaks.
const uint16 = (value: number): Buffer => Buffer.from([value >> 8, value & 0xff])

function head(major: number, length: number): Buffer {
  if (length < 24) return Buffer.from([(major << 5) | length])
  if (length < 256) return Buffer.from([(major << 5) | 24, length])
  return Buffer.concat([Buffer.from([(major << 5) | 25]), uint16(length)])
}

const integer = (value: number): Buffer => (value < 0 ? head(1, -1 - value) : head(0, value))
const bytes = (value: Buffer): Buffer => Buffer.concat([head(2, value.length), value])
const text = (value: string): Buffer =>
  Buffer.concat([head(3, Buffer.byteLength(value)), Buffer.from(value)])
const map = (pairs: [Buffer, Buffer][]): Buffer =>
  Buffer.concat([head(5, pairs.length), ...pairs.flat()])
