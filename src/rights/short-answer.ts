import type { City } from '../kernel/city/index.ts'
import { asTextMessage } from '../kernel/sms-segments.ts'
import type { GuideBook } from './guides/guide-book.ts'

/**
 * What a text message with the word RIGHTS is answered: what matters most at the door, the two sentences to
 * say, a number to call, and where the rest stands. Every sentence is a reviewed statement of a guide; what is
 * too old to show on a page is not sent either. Null where the city has no guides.
 */
export function shortAnswer(
  book: GuideBook,
  { city, origin, lang }: { city: City; origin: string; lang: string },
): string | null {
  if (!book.situations().includes('home-door')) return null
  const { summary, statements } = book.one('home-door', lang)
  const said = statements
    .filter(({ part, key }) => part === 'say' && key !== 'who-are-you')
    .map(({ text }) => `“${text}”`)
  const phone = city.contacts.find(({ phone }) => phone !== undefined)?.phone
  const parts = [summary, ...said, phone, `${origin}/${lang}/rights`]
  return asTextMessage(parts.filter((part) => part !== undefined).join(' '))
}
