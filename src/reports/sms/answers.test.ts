import { expect, test } from 'vitest'
import { root } from '../../commands/session.ts'
import { textLanguages, translators } from '../../kernel/i18n/index.ts'
import { asTextMessage, segmentsOf } from '../../kernel/sms-segments.ts'
import english from '../texts/en.json' with { type: 'json' }
import { choices } from './dialogue.ts'

/** More than three in one answer cost the sender's patience and the operator's money. */
const mostSegments = 3

const keys = Object.keys(english).filter(
  (key) => key.startsWith('sms.') && !key.startsWith('sms.activity.'),
)
const languages = textLanguages(root)
const t = translators(root)

test.each(languages)('every answer in %s fits in few messages, with its longest values', (lang) => {
  expect(keys.length).toBeGreaterThan(15)
  for (const key of keys)
    for (const choice of choices) {
      const values = {
        what: t(lang)(`reports.sms.activity.${choice}`),
        place: 'x'.repeat(40),
        receipt: '1234 5678 9012 3456',
        code: '7F3K-9Q2M',
      }
      const text = asTextMessage(t(lang)(`reports.${key}`, values))
      expect(segmentsOf(text), `${key}: ${text.length} ${text}`).toBeLessThanOrEqual(mostSegments)
    }
})

test.each(['en', 'es', 'fr', 'pl', 'ht'])('nothing in %s needs the large alphabet', (lang) => {
  const values = { what: 'x', place: 'x', receipt: 'x', code: 'x' }
  for (const key of keys) {
    const text = asTextMessage(t(lang)(`reports.${key}`, values))
    expect(segmentsOf(text), text).toBe(text.length <= 160 ? 1 : Math.ceil(text.length / 153))
  }
})

test('segments are counted as phones do', () => {
  expect(segmentsOf('')).toBe(1)
  expect(segmentsOf('a'.repeat(160))).toBe(1)
  expect(segmentsOf('a'.repeat(161))).toBe(2)
  expect(segmentsOf('a'.repeat(306))).toBe(2)
  expect(segmentsOf('a'.repeat(307))).toBe(3)
  expect(segmentsOf(`${'a'.repeat(158)}€`)).toBe(1)
  expect(segmentsOf(`${'a'.repeat(159)}€`)).toBe(2)
  expect(segmentsOf('я'.repeat(70))).toBe(1)
  expect(segmentsOf('я'.repeat(71))).toBe(2)
  expect(segmentsOf('я'.repeat(135))).toBe(3)
  expect(asTextMessage('¿Dónde? “Así” – zażółć')).toBe('¿Donde? "Asi" - zazolc')
  expect(asTextMessage('где? “так”')).toBe('где? “так”')
})
