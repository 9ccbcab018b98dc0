import type { LookupAddress } from 'node:dns'
import { expect, test } from 'vitest'
import { isPublicAddress, isPublicHost, publicLookup } from './public-address.ts'

test.each([
  '127.0.0.1',
  '127.1.2.3',
  '0.0.0.0',
  '10.0.0.1',
  '172.16.0.1',
  '172.31.255.255',
  '192.168.1.1',
  '169.254.169.254',
  '100.64.0.1',
  '100.127.255.255',
  '192.0.0.1',
  '192.0.2.1',
  '198.18.0.1',
  '224.0.0.1',
  '240.0.0.1',
  '255.255.255.255',
  '::',
  '::1',
  '::ffff:127.0.0.1',
  '::ffff:7f00:1',
  '::127.0.0.1',
  'fe80::1',
  'fe80::1%eth0',
  'fc00::1',
  'fd00:ec2::254',
  'ff02::1',
  '64:ff9b::7f00:1',
  '64:ff9b::a9fe:a9fe',
  '64:ff9b:1::1',
  '2002:7f00:1::',
  '2001::1',
  '2001:db8::1',
  '100::1',
  'fec0::1',
  '5f00::1',
  '0x7f.1',
  '2130706433',
  '017700000001',
  'push.example',
  '',
])('%s is not of the public internet', (address) => {
  expect(isPublicAddress(address)).toBe(false)
})

test.each(['8.8.8.8', '142.250.1.95', '::ffff:8.8.8.8', '2606:4700::1111', '64:ff9b::808:808'])(
  '%s is of the public internet',
  (address) => {
    expect(isPublicAddress(address)).toBe(true)
  },
)

const hostOf = (url: string): string => new URL(url).hostname

test.each([
  'https://0x7f.1',
  'https://2130706433',
  'https://017700000001',
  'https://127.1',
  'https://[::ffff:127.0.0.1]',
  'https://ⓛocalhost',
  'https://①②⑦.⓪.⓪.①',
  'https://127。0。0。1',
  'https://localhost.',
  'https://db',
  'https://printer.local',
  'https://metadata.google.internal',
  'https://a.localhost',
  'https://[fe80::1]',
  'https://169.254.169.254',
  'https://127.0.0.1.',
])('%s is refused by its host', (url) => {
  expect(isPublicHost(hostOf(url))).toBe(false)
})

test.each([
  'https://fcm.googleapis.com',
  'https://updates.push.services.mozilla.com',
  'https://web.push.apple.com',
  'https://8.8.8.8',
])('%s is let pass', (url) => {
  expect(isPublicHost(hostOf(url))).toBe(true)
})

/** What a socket is told for a name with these addresses. */
const told = (addresses: readonly string[], allowLoopback = false) =>
  new Promise((resolve) => {
    const found = addresses.map(
      (address): LookupAddress => ({ address, family: address.includes(':') ? 6 : 4 }),
    )
    const look = publicLookup({
      allowLoopback,
      lookup: (_name, _options, done) => done(null, found),
    })
    look('push.example', { all: true }, (error, answer) => resolve(error?.code ?? answer))
  })

test('a name that leads inside is refused when it is used, even if only one of its addresses does', async () => {
  expect(await told(['127.0.0.1'])).toBe('ENOTPUBLIC')
  expect(await told(['8.8.8.8', '10.0.0.1'])).toBe('ENOTPUBLIC')
  expect(await told(['::ffff:169.254.169.254'])).toBe('ENOTPUBLIC')
  expect(await told([])).toBe('ENOTPUBLIC')
  expect(await told(['8.8.8.8'])).toEqual([{ address: '8.8.8.8', family: 4 }])
  expect(await told(['127.0.0.1'], true)).toEqual([{ address: '127.0.0.1', family: 4 }])
  expect(await told(['10.0.0.1'], true)).toBe('ENOTPUBLIC')
})

test('the system’s own answer for localhost is refused', async () => {
  const code = await new Promise((resolve) =>
    publicLookup()('localhost', {}, (error) => resolve(error?.code)),
  )
  expect(code).toBe('ENOTPUBLIC')
})
