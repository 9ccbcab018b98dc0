import { join } from 'node:path'
import {
  type Catalogue,
  readTexts,
  sourceHash,
  type TranslationStatus,
} from '../../kernel/i18n/index.ts'

/** The words of one language: those of the pack, and over them what people approved at the desk. */
export interface Translations {
  lang: string
  /** The words made from exactly this English, or null: then the English is shown (mission.md 6). */
  of(name: string, english: string): { text: string; review: TranslationStatus } | null
}

/** What a reviewer approved: words bound to the English they were made from. */
export interface Approved {
  text: string
  /** sourceHash of that English. */
  of: string
  review: TranslationStatus
}

/**
 * The translations of a pack's folder in one language. A guide's file is read once, at its first question;
 * `approved` is asked every time, because the desk changes it under way.
 */
export function readTranslations(
  folder: string,
  lang: string,
  approved: (name: string) => Approved | undefined = () => undefined,
): Translations {
  const catalogues = new Map<string, { made: Catalogue; from: Catalogue }>()
  const catalogueOf = (situation: string) => {
    const at = join(folder, situation)
    const read = () => ({ made: readTexts(at, lang), from: readTexts(at, 'en') })
    const known = catalogues.get(situation) ?? read()
    catalogues.set(situation, known)
    return known
  }
  return {
    lang,
    of(name, english) {
      if (lang === 'en') return { text: english, review: 'source' }
      const by = approved(name)
      if (by?.of === sourceHash(english)) return { text: by.text, review: by.review }
      const [situation, key] = name.split('.') as [string, string]
      const { made, from } = catalogueOf(situation)
      const text = made.messages[key]
      // The files may be newer than the English that was read at the start.
      const fits = from.messages[key] === english && !made.fallbacks.includes(key)
      return text === undefined || !fits ? null : { text, review: made.status }
    },
  }
}
