import { createPublicKey, verify } from 'node:crypto'
import { expect, test } from 'vitest'
import { generateVapidKeys, makeVapid } from './index.ts'

const start = Date.parse('2026-11-24T18:00:00Z')

/** A sender under a clock that the test sets, in hours from the start. */
function sender() {
  const at = { hours: 0 }
  const clock = { now: () => new Date(start + at.hours * 3_600_000) }
  const keys = generateVapidKeys()
  return { at, clock, keys, vapid: makeVapid({ keys, subject: 'mailto:ops@city.example', clock }) }
}

/** The claims of a header, after its signature was checked with the key it names. */
function claimsOf(header: string): { aud: string; exp: number; sub: string } {
  const [, token = '', named = ''] = /^vapid t=([\w.-]+), k=([\w-]+)$/.exec(header) ?? []
  const [head = '', claims = '', signature = ''] = token.split('.')
  const point = Buffer.from(named, 'base64url')
  const part = (from: number): string => point.subarray(from, from + 32).toString('base64url')
  const key = createPublicKey({
    key: { kty: 'EC', crv: 'P-256', x: part(1), y: part(33) },
    format: 'jwk',
  })
  const good = verify(
    'sha256',
    Buffer.from(`${head}.${claims}`),
    { key, dsaEncoding: 'ieee-p1363' },
    Buffer.from(signature, 'base64url'),
  )
  expect(good).toBe(true)
  expect(JSON.parse(Buffer.from(head, 'base64url').toString())).toEqual({
    typ: 'JWT',
    alg: 'ES256',
  })
  return JSON.parse(Buffer.from(claims, 'base64url').toString())
}

const hoursLeft = (header: string, at: { hours: number }): number =>
  (claimsOf(header).exp - start / 1000) / 3600 - at.hours

test('each push service gets its own token, signed by the key that browsers know', () => {
  const { vapid, at, keys } = sender()
  const header = vapid.authorization('https://push.example')
  expect(header).toContain(keys.publicKey)
  expect(claimsOf(header)).toMatchObject({
    aud: 'https://push.example',
    sub: 'mailto:ops@city.example',
  })
  expect(hoursLeft(header, at)).toBe(12)
  expect(claimsOf(vapid.authorization('https://other.example')).aud).toBe('https://other.example')
  expect(vapid.authorization('https://push.example')).toBe(header)
})

test('whatever the clock does, a token is good for 6 to 24 hours when it is used', () => {
  const { vapid, at } = sender()
  for (const hours of [0, 5.9, 6.1, 11, 20, -24, -23, 8784, 8785, 1, 1.01]) {
    at.hours = hours
    const left = hoursLeft(vapid.authorization('https://push.example'), at)
    expect(left).toBeGreaterThan(5.9)
    expect(left).toBeLessThanOrEqual(24)
  }
})

test('keys of two pairs and a subject nobody can write to are refused at the start', () => {
  const { clock, keys } = sender()
  const mixed = { ...keys, privateKey: generateVapidKeys().privateKey }
  expect(() => makeVapid({ keys: mixed, subject: 'mailto:a@b.example', clock })).toThrow(
    /belong together|Invalid/,
  )
  expect(() => makeVapid({ keys, subject: 'ops', clock })).toThrow(/subject/)
})
