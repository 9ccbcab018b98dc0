import fc from 'fast-check'
import { expect, test } from 'vitest'
import { type FoundPlace, takeTurn } from './dialogue.ts'
import { readMessage } from './read-message.ts'

const now = new Date('2026-11-23T18:00:00Z')
const findPlace = (words: string): FoundPlace =>
  /roosevelt/i.test(words) && /82/.test(words)
    ? { words, placeId: 'corner', label: '82 St & Roosevelt Ave' }
    : { words, placeId: null, label: null }

/** One message each, as people would text it. */
const whole: Record<string, string> = {
  en: 'ICE 3 men van roosevelt and 82 now',
  es: 'la migra parando gente en la Roosevelt y 82 ahora',
  'zh-Hans': '移民局在抓人 Roosevelt和82 现在',
  'zh-Hant': '移民局抓人 Roosevelt和82 現在',
  ru: 'айс 3 человека у Roosevelt и 82 сейчас',
  bn: 'আইস ৩ জন Roosevelt ও 82 এখন',
  ht: 'imigrasyon 3 moun Roosevelt ak 82 kounye a',
  ko: '이민국 요원 3명 Roosevelt 82 지금',
  ar: 'الهجرة 3 رجال عند Roosevelt و 82 الآن',
  ur: 'آئس 3 آدمی Roosevelt اور 82 ابھی',
  fr: 'immigration 3 hommes Roosevelt et 82 maintenant',
  pl: 'imigracja 3 agenci Roosevelt i 82 teraz',
}
test.each(Object.entries(whole))('one message in %s is a whole report', (lang, text) => {
  const message = readMessage(text, null)
  expect(message).toMatchObject({ lang, stillThere: true, minutesAgo: 0, command: null })
  const turn = takeTurn(null, message, { lang, now, findPlace })
  expect(turn.dialogue).toBeNull()
  expect(turn.report).toMatchObject({
    place: { placeId: 'corner' },
    observedAt: now.toISOString(),
    stillThere: true,
    description: text,
  })
})

const words: Record<string, [stop: string, help: string, check: string]> = {
  en: ['STOP', 'help', 'Check 7F3K-9Q2M'],
  es: ['Parar', 'ayuda', 'VERIFICAR 7F3K-9Q2M'],
  'zh-Hans': ['停止', '帮助', '查 7F3K-9Q2M'],
  'zh-Hant': ['停止', '幫助', '查 7F3K-9Q2M'],
  ru: ['стоп', 'Помощь', 'проверить 7F3K-9Q2M'],
  bn: ['বন্ধ', 'সাহায্য', 'যাচাই 7F3K-9Q2M'],
  ht: ['sispann', 'èd', 'verifye 7F3K-9Q2M'],
  ko: ['중지', '도움말', '확인 7F3K-9Q2M'],
  ar: ['توقف', 'مساعدة', 'تحقق 7F3K-9Q2M'],
  ur: ['بند', 'مدد', 'چیک 7F3K-9Q2M'],
  fr: ['arrêter', 'aide', 'vérifier 7F3K-9Q2M'],
  pl: ['anuluj', 'pomoc', 'sprawdź 7F3K-9Q2M'],
}
test.each(Object.entries(words))(
  'stop, help and check are understood in %s',
  (_lang, [stop, help, check]) => {
    expect(readMessage(stop, null).command).toBe('stop')
    expect(readMessage(help, null).command).toBe('help')
    expect(readMessage(check, null).command).toBe('check')
  },
)

test('times are read, digits of any script too', () => {
  expect(readMessage('15 min ago', 'en').minutesAgo).toBe(15)
  expect(readMessage('hace 2 horas', 'es').minutesAgo).toBe(120)
  expect(readMessage('قبل ٢٠ دقيقة', 'ar').minutesAgo).toBe(20)
  expect(readMessage('২', null).number).toBe(2)
  expect(readMessage('they left', 'en').stillThere).toBe(false)
})

test('a stop inside a sentence stops nothing', () => {
  expect(readMessage('bus stop on Roosevelt and 82', null).command).toBeNull()
})

test('no message of any shape breaks a dialogue, and every report of one is whole', () => {
  const messages = fc.array(
    fc.oneof(
      fc.constantFrom(...Object.values(whole), '1', '2', 'yes', 'no', 'send', 'raid', 'again', '8'),
      fc.string({ unit: 'grapheme', maxLength: 40 }),
    ),
    { maxLength: 20 },
  )
  fc.assert(
    fc.property(messages, (texts) => {
      let dialogue = null as Parameters<typeof takeTurn>[0]
      for (const text of texts) {
        const lang = dialogue?.lang ?? 'en'
        const turn = takeTurn(dialogue, readMessage(text, dialogue?.lang ?? null), {
          lang,
          now,
          findPlace,
        })
        expect(turn.say.length).toBeGreaterThan(0)
        if (turn.report) expect(turn.report.description).not.toBe('')
        dialogue = turn.dialogue
      }
    }),
    { numRuns: 1000 },
  )
})
