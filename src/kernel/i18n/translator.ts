import { readCatalogue, type TranslationStatus, textLanguages } from './catalogue.ts'
import { messageFormat } from './message-format.ts'

/** Turns a key and its values into a sentence of one language. */
export interface Translator {
  lang: string
  dir: 'ltr' | 'rtl'
  status: TranslationStatus
  /** Throws if the key is in no catalogue: a missing text is a defect of ours, found by a test. */
  (key: string, values?: Record<string, unknown>): string
  has(key: string): boolean
}

/** Languages written from right to left that the interface is translated into. */
const rightToLeft = new Set(['ar', 'ur', 'he', 'fa', 'ps', 'yi'])

/** The writing direction of a language tag. */
const directionOf = (lang: string): 'ltr' | 'rtl' =>
  rightToLeft.has(lang.split('-')[0] as string) ? 'rtl' : 'ltr'

/** The server's own translators (feeds, problems, messages), one a language, made on first use. */
export function translators(root: string): (lang: string) => Translator {
  const languages = new Set(textLanguages(root))
  const made = new Map<string, Translator>()
  return (wanted) => {
    const lang = languages.has(wanted) ? wanted : 'en'
    const known = made.get(lang) ?? makeTranslator(root, lang)
    made.set(lang, known)
    return known
  }
}

function makeTranslator(root: string, lang: string): Translator {
  const { messages, status } = readCatalogue(root, lang)
  const format = messageFormat(lang)
  const compiled = new Map<string, (values: Record<string, unknown>) => string>()
  const translate = (key: string, values: Record<string, unknown> = {}): string => {
    const text = messages[key]
    if (text === undefined) throw new Error(`no text is called ${key}`)
    const message = compiled.get(key) ?? format.compile(text)
    compiled.set(key, message)
    return message(values)
  }
  return Object.assign(translate, {
    lang,
    dir: directionOf(lang),
    status,
    has: (key: string) => key in messages,
  })
}
