import { createECDH, randomBytes } from 'node:crypto'
import fc from 'fast-check'
import ece from 'http_ece'
import { expect, test } from 'vitest'
import { openPushMessage } from '../../demo/push-service/open-message.ts'
import { limits } from '../../kernel/limits.ts'
import { derive, encryptRecord } from './encrypt.ts'
import {
  encrypt,
  encryptPrepared,
  messageBytes,
  type Prepared,
  preparedBytes,
  preparedOf,
  prepareKeys,
  readPushKeys,
  storedPushKeys,
} from './index.ts'

const bytes = (text: string): Buffer => Buffer.from(text, 'base64url')

/** RFC 8291 appendix A. */
const example = {
  plain: 'When I grow up, I want to be a watermelon',
  oursPrivate: 'yfWPiYE-n46HLnH0KqZOF1fJJU3MYrct3AELtAQ-oRw',
  oursPublic:
    'BP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A8',
  theirsPrivate: 'q1dXpw3UpT5VOmu_cf_v6ih07Aems3njxI-JWgLcM94',
  theirsPublic:
    'BCVxsr7N_eNgVRqvHtD0zTZsEc6-VV-JvLexhqUzORcxaOzi6-AYWXvTBHm4bjyPjs7Vd8pZGH6SRpkNtoIAiw4',
  auth: 'BTBZMqHH6r4Tts7J_aSIgg',
  salt: 'DGv6ra1nlYgDCS1FRnbzlw',
  message:
    'DGv6ra1nlYgDCS1FRnbzlwAAEABBBP4z9KsN6nGRTbVYI_c7VJSPQTBtkgcy27mlmlMoZIIgDll6e3vCYLocInmYWAmS6TlzAC8wEqKK6PBru3jl7A_yl95bQpu6cVPTpK4Mqgkf1CXztLVBSt2Ks3oZwbuwXPXLWyouBWLVWGNWQexSgSxsj_Qulcy4a-fN',
}

/** A browser's keys, and what it needs to open messages. */
function subscriber() {
  const ecdh = createECDH('prime256v1')
  ecdh.generateKeys()
  const [point, auth] = [ecdh.getPublicKey(), randomBytes(16)]
  const keys = readPushKeys({
    p256dh: point.toString('base64url'),
    auth: auth.toString('base64url'),
  })
  return { keys, ecdh, point, auth, secret: ecdh.getPrivateKey() }
}

test('the example of RFC 8291 comes out byte for byte', async () => {
  const ours = createECDH('prime256v1')
  ours.setPrivateKey(bytes(example.oursPrivate))
  const keys = readPushKeys({ p256dh: example.theirsPublic, auth: example.auth })
  const prepared = Buffer.alloc(preparedBytes)
  prepared.set(bytes(example.salt), 0)
  prepared.set(bytes(example.oursPublic), 21)
  derive(keys, ours.computeSecret(keys.point), prepared)
  const record = Buffer.concat([Buffer.from(example.plain), Buffer.of(2)])
  const message = encryptRecord(prepared as Prepared, record)
  expect(message.toString('base64url')).toBe(example.message)
  const who = { point: keys.point, auth: keys.auth, secret: bytes(example.theirsPrivate) }
  expect((await openPushMessage(who, message)).toString()).toBe(example.plain)
})

test('whatever is written is read by an independent receiver, and every message has one length', async () => {
  const who = subscriber()
  const text = fc.uint8Array({ maxLength: limits.pushPlainBytes })
  await fc.assert(
    fc.asyncProperty(text, async (plain) => {
      const [prepared] = prepareKeys(who.keys, 1) as [Prepared]
      for (const message of [encrypt(who.keys, plain), encryptPrepared(prepared, plain)]) {
        expect(message.length).toBe(messageBytes)
        expect((await openPushMessage(who, message)).equals(plain)).toBe(true)
        const theirs = { version: 'aes128gcm', privateKey: who.ecdh, authSecret: who.auth } as const
        expect(ece.decrypt(message, theirs).equals(plain)).toBe(true)
      }
    }),
    { numRuns: 60, examples: [[new Uint8Array(0)], [new Uint8Array(limits.pushPlainBytes)]] },
  )
})

test('no text longer than the room is cut or sent, and its one-time key stays good', async () => {
  const { keys, ...who } = subscriber()
  const [prepared] = prepareKeys(keys, 1) as [Prepared]
  const long = new Uint8Array(limits.pushPlainBytes + 1)
  expect(() => encrypt(keys, long)).toThrow(/holds 1024 bytes/)
  expect(() => encryptPrepared(prepared, long)).toThrow(/holds 1024 bytes/)
  expect(await openPushMessage(who, encryptPrepared(prepared, Buffer.from('a')))).toHaveLength(1)
})

test('a one-time key serves once, stored or not, and is zero after', () => {
  const [first, second] = prepareKeys(subscriber().keys, 2) as [Prepared, Prepared]
  const stored = preparedOf(Buffer.from(first))
  encryptPrepared(stored, Buffer.from('a'))
  expect(stored.equals(Buffer.alloc(preparedBytes))).toBe(true)
  expect(() => encryptPrepared(stored, Buffer.from('b'))).toThrow(/was used/)
  expect(() => preparedOf(stored)).toThrow(/not a one-time key/)
  expect(() => preparedOf(Buffer.alloc(10))).toThrow(/not a one-time key/)
  expect(second.some((byte) => byte !== 0)).toBe(true)
})

test('no two one-time keys share salt, point, key or nonce', () => {
  const many = prepareKeys(subscriber().keys, 2000)
  for (const [from, to] of [
    [0, 16],
    [21, 86],
    [86, 102],
    [102, 114],
  ])
    expect(new Set(many.map((one) => one.toString('hex', from, to))).size).toBe(2000)
})

const p256 = 2n ** 256n - 2n ** 224n + 2n ** 192n + 2n ** 96n - 1n

test('keys that are no keys are refused before they are kept', () => {
  const { keys, point } = subscriber()
  const auth = keys.auth.toString('base64url')
  const refused = (p256dh: Buffer | string, why: RegExp, secret = auth): void =>
    expect(() =>
      readPushKeys({
        p256dh: typeof p256dh === 'string' ? p256dh : p256dh.toString('base64url'),
        auth: secret,
      }),
    ).toThrow(why)
  const off = Buffer.from(point)
  off[64] = (off[64] as number) ^ 1
  refused(off, /not a point of P-256/)
  refused(Buffer.alloc(65), /not an uncompressed point/)
  refused(Buffer.concat([Buffer.of(4), Buffer.alloc(64)]), /not a point of P-256/)
  refused(
    Buffer.concat([Buffer.of(4), Buffer.from(p256.toString(16), 'hex'), Buffer.alloc(32)]),
    /not a point/,
  )
  refused(Buffer.alloc(1), /not 65 bytes/)
  refused(point.subarray(0, 64), /not 65 bytes/)
  refused(createECDH('secp256k1').generateKeys(), /not a point of P-256/)
  refused('!'.repeat(87), /not 65 bytes/)
  refused(point, /not 16 bytes/, 'AAAA')
  expect(() => storedPushKeys(point, randomBytes(15))).toThrow(/not 16 bytes/)
  // A stored point that was never checked agrees on no secret.
  expect(() => encrypt(storedPushKeys(off, keys.auth), Buffer.from('a'))).toThrow()
  expect(() => prepareKeys(storedPushKeys(off, keys.auth), 1)).toThrow()
})
