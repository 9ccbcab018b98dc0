import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { franc } from 'franc'
import { expect, test } from 'vitest'
import { detectLanguage } from './detect-language.ts'

const corpus = readFileSync(new URL('./screening/corpus.jsonl', import.meta.url), 'utf8')
  .trim()
  .split('\n')
  .map((line) => JSON.parse(line) as { lang: string; text: string })

const names: Record<string, string> = {
  ...{ eng: 'en', spa: 'es', cmn: 'zh', rus: 'ru', ben: 'bn', hat: 'ht', kor: 'ko', arb: 'ar' },
  ...{ urd: 'ur', fra: 'fr', pol: 'pl' },
}
const byFranc = (text: string): string | null =>
  text.length < 20
    ? null
    : (names[franc(text.slice(0, 1000), { only: Object.keys(names), minLength: 20 })] ?? null)

test('a text of many words is in the language it was written in', () => {
  for (const lang of ['en', 'es', 'ht', 'fr', 'pl', 'ru', 'bn', 'ko']) {
    const whole = corpus.flatMap((one) => (one.lang === lang ? [one.text] : [])).join(' ')
    expect(detectLanguage(whole.slice(0, 1000))).toBe(lang)
  }
  expect(detectLanguage('dos agentes')).toBe(null)
  expect(detectLanguage(undefined)).toBe(null)
})

test('the quick tables answer what franc answers: every text of the corpus, cut, mixed and spoilt', () => {
  const texts = corpus.map(({ text }) => text)
  for (const text of texts) expect(detectLanguage(text), text).toBe(byFranc(text))
  const odd = fc.constantFrom(
    'İ',
    'ſ',
    'K',
    'ß',
    '\u00a0',
    '\u2028',
    'é',
    '中',
    '💡',
    '\ud800',
    '9!',
  )
  const piece = fc.oneof(
    fc.constantFrom(...texts),
    fc.constantFrom(...texts.flatMap((text) => text.split(' '))),
    fc.string({ unit: 'binary', maxLength: 12 }),
    fc.stringMatching(/^[a-z ]{0,30}$/),
    odd,
  )
  const mixed = fc.array(piece, { maxLength: 12 }).map((parts) => parts.join(' '))
  fc.assert(
    fc.property(mixed, (text) => {
      expect(detectLanguage(text)).toBe(byFranc(text))
    }),
    { numRuns: 5000 },
  )
})
