import { expect, test } from 'vitest'
import { checkEndpoint } from './index.ts'

test.each([
  'https://fcm.googleapis.com/fcm/send/abc:def',
  'https://updates.push.services.mozilla.com/wpush/v2/gAAAA',
  'https://web.push.apple.com/QGd-x_1',
  'https://wns2-par02p.notify.windows.com/w/?token=BQYAAAD%3d',
  'https://push.example:443/x',
])('%s is taken', (endpoint) => {
  expect(checkEndpoint(endpoint).protocol).toBe('https:')
})

test.each([
  ['http://push.example/x', /https/],
  ['ftp://push.example/x', /https/],
  ['javascript:alert(1)', /https/],
  ['/relative', /not a web address/],
  ['', /not a web address/],
  ['https://user@push.example/x', /user name/],
  ['https://:secret@push.example/x', /user name/],
  ['https://push.example:8443/x', /port/],
  ['https://push.example:22/x', /port/],
  [`https://push.example/${'x'.repeat(1024)}`, /too long/],
  ['https://0x7f.1/x', /public internet/],
  ['https://2130706433/x', /public internet/],
  ['https://[::ffff:127.0.0.1]/x', /public internet/],
  ['https://ⓛocalhost/x', /public internet/],
  ['https://169.254.169.254/latest/meta-data', /public internet/],
  ['https://100.64.0.1/x', /public internet/],
  ['https://intranet/x', /public internet/],
])('%s is refused', (endpoint, why) => {
  expect(() => checkEndpoint(endpoint)).toThrow(why)
})

test('loopback, with its port, only where it was allowed; nothing else is with it', () => {
  const allowed = { allowLoopback: true }
  expect(() => checkEndpoint('https://localhost:8443/p/1')).toThrow(/port/)
  expect(checkEndpoint('https://localhost:8443/p/1', allowed).port).toBe('8443')
  expect(checkEndpoint('https://127.0.0.1:8443/p/1', allowed).port).toBe('8443')
  expect(() => checkEndpoint('http://localhost:8443/p/1', allowed)).toThrow(/https/)
  expect(() => checkEndpoint('https://192.168.0.1/p/1', allowed)).toThrow(/public internet/)
  expect(() => checkEndpoint('https://push.example:8443/p/1', allowed)).toThrow(/port/)
})
