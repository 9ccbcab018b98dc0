import { expect, test } from 'vitest'
import { isTwilios } from '../../kernel/twilio-signature.ts'
import { genericSignature, isFresh } from './signatures.ts'

/** The example of Twilio's own documentation. */
const example = {
  url: 'https://mycompany.com/myapp.php?foo=1&bar=2',
  form: new URLSearchParams({
    CallSid: 'CA1234567890ABCDE',
    Caller: '+12349013030',
    Digits: '1234',
    From: '+12349013030',
    To: '+18005551212',
  }),
  signature: '0/KCTR6DLpKmkAf8muzZqo1nDgQ=',
}

test('Twilio’s own example is Twilio’s, and no other is', () => {
  expect(isTwilios('12345', example)).toBe(true)
  expect(isTwilios('12346', example)).toBe(false)
  expect(isTwilios('12345', { ...example, url: `${example.url}&x=1` })).toBe(false)
  expect(isTwilios('12345', { ...example, signature: '' })).toBe(false)
  const more = new URLSearchParams(example.form)
  more.append('Body', 'x')
  expect(isTwilios('12345', { ...example, form: more })).toBe(false)
})

test('a generic request counts for five minutes, with its own nonce and body', () => {
  const key = 'k'.repeat(32)
  const now = new Date('2026-11-23T18:00:00Z')
  const signed = (minutes: number, change: object = {}) => {
    const timestamp = String(now.getTime() / 1000 + minutes * 60)
    const request = { timestamp, nonce: 'nonce-12345', body: '{"a":1}' }
    return { ...request, signature: genericSignature(key, request), ...change }
  }
  for (const minutes of [-5, 0, 5]) expect(isFresh(key, signed(minutes), now)).toBe(true)
  for (const minutes of [-6, -60, 6]) expect(isFresh(key, signed(minutes), now)).toBe(false)
  for (const change of [{ body: '{}' }, { nonce: 'nonce-12346' }, { signature: '' }])
    expect(isFresh(key, signed(0, change), now)).toBe(false)
  const odd = { timestamp: 'NaN', nonce: 'nonce-12345', body: '' }
  expect(isFresh(key, { ...odd, signature: genericSignature(key, odd) }, now)).toBe(false)
})
