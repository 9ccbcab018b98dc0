import { sourceHash, type TranslationStatus } from '../../kernel/i18n/index.ts'
import type { GuideBook } from '../guides/guide-book.ts'
import type { ApprovedWords } from './approved-words.ts'

/** One text for a translator: the English, what is shown in the language, and how far it has come. */
export interface ToTranslate {
  /** `car.title`: the guide and its key. */
  name: string
  english: string
  /** The hash of that English: an approval names it. */
  of: string
  /** Null where none was made from this English: readers see the English. */
  words: string | null
  review: TranslationStatus | 'missing'
  /** What was approved for an English that has changed since, to start from. */
  before: string | null
  remark: string | null
}

/** Every text of the guides in a language, guide by guide. */
export function toTranslate(book: GuideBook, approved: ApprovedWords, lang: string): ToTranslate[] {
  const translations = book.translations(lang)
  return [...book.pack().english].map(([name, english]) => {
    const found = translations.of(name, english)
    const of = sourceHash(english)
    const stored = approved.of(lang, name)
    return {
      ...{ name, english, of },
      words: found?.text ?? null,
      review: found?.review ?? 'missing',
      before: stored && stored.of !== of ? stored.text : null,
      remark: approved.remarkOf(lang, name),
    }
  })
}
