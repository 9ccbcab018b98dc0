import type { Translator } from '../kernel/i18n/index.ts'

const keys = [
  'silent',
  'lawyer',
  'entry',
  'search',
  'sign',
  'interpreter',
  'will-not-resist',
] as const

/** The card's sentences as an officer reads them: in English, with `{language}` where the reader's stands. */
export const officerCard = (english: Translator): Record<(typeof keys)[number], string> =>
  Object.fromEntries(
    keys.map((key) => [key, english(`rights.card.${key}`, { language: '{language}' })]),
  ) as Record<(typeof keys)[number], string>
