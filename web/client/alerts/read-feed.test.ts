import { generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import type { Alert } from '#src/alerts/contract-alert.ts'
import { activities, alphabet, kinds, precisions } from '#src/alerts/contract-feed.ts'
import { encodeFeed } from '../../../src/alerts/feed/encode-feed.ts'
import { nearOf } from './pull.ts'
import { readFeed } from './read-feed.ts'

const { privateKey, publicKey } = generateKeyPairSync('ed25519')
const key = {
  keyId: 'k',
  publicKey: publicKey.export({ format: 'der', type: 'spki' }).subarray(-32).toString('base64url'),
}
const origin = 'https://porchlight.example'
const now = new Date('2026-11-24T12:00:00Z')
const signed = (bytes: Buffer): string => sign(null, bytes, privateKey).toString('base64url')
const read = (bytes: Buffer) => readFeed(Uint8Array.from(bytes), key, origin)

const time = fc
  .integer({ min: 1_700_000_000, max: 2_000_000_000 })
  .map((seconds) => new Date(seconds * 1000).toISOString())
const letters = fc.string({ unit: fc.constantFrom(...alphabet), minLength: 4, maxLength: 4 })
const someAlert: fc.Arbitrary<Alert> = fc.record({
  v: fc.constant(1),
  origin: fc.constant(origin),
  id: fc.tuple(letters, letters).map((two) => two.join('-')),
  revision: fc.integer({ min: 1, max: 65_535 }),
  kind: fc.constantFrom(...kinds),
  activity: fc.constantFrom(...activities),
  precision: fc.constantFrom(...precisions),
  place: fc.string({ unit: 'grapheme', maxLength: 40 }).map((text) => text.replaceAll('\n', ' ')),
  areas: fc.constant([]),
  cells: fc.array(fc.constantFrom('892b6211d3bffff', '882b6211d3fffff', '872b6211dffffff'), {
    maxLength: 4,
  }),
  seenAt: fc.option(time),
  sentAt: time,
  expiresAt: time,
  correction: fc.option(fc.constant({ was: 'confirmed', now: 'wrong-place' })),
  drill: fc.constant(false),
})

it('what the server laid out is read back, and nothing of it where one bit is another', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(someAlert, { maxLength: 6 }),
      fc.nat(),
      fc.nat({ max: 7 }),
      async (alerts, place, bit) => {
        const bytes = encodeFeed(alerts, now, signed)
        const feed = await read(bytes)
        expect(feed?.signedAt).toBe(now.getTime())
        expect(feed?.alerts).toEqual(alerts.toSorted((a, b) => (a.sentAt < b.sentAt ? -1 : 1)))
        const at = place % bytes.length
        bytes[at] = (bytes[at] ?? 0) ^ (1 << bit)
        expect(await read(bytes)).toBeNull()
        expect(await read(bytes.subarray(0, at))).toBeNull()
      },
    ),
    { numRuns: 200 },
  )
})

it('signed, but not laid out as ours are, it is not read', async () => {
  const whole = encodeFeed([], now, signed).subarray(0, -64)
  for (const body of [Buffer.alloc(0), Buffer.from('PLF2aaaabb'), whole.subarray(0, 12)]) {
    const signature = signed(Buffer.concat([Buffer.from('porchlight-feed-v1\n'), body]))
    expect(await read(Buffer.concat([body, Buffer.from(signature, 'base64url')]))).toBeNull()
  }
})

it('near is what holds, or is held by, a cell of a place', () => {
  const places = [{ name: 'home', cells: ['882b6211d3fffff'] }]
  const at = (cell: string) => ({ id: cell, cells: [cell] }) as unknown as Alert
  const alerts = ['892b6211d33ffff', '882b6211d3fffff', '872b6211dffffff', '892b6211c33ffff'].map(
    at,
  )
  expect(nearOf(alerts, { places }).map(({ id }) => id)).toEqual(
    alerts.slice(0, 3).map(({ id }) => id),
  )
})
