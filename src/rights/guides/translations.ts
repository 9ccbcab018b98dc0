import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sourceHash } from '../../kernel/i18n/index.ts'

/** How far words have come. `source` is English itself. */
export type Review = 'source' | 'machine-draft' | 'native-reviewed' | 'lawyer-reviewed'

/** The words of one language: those of the pack, and over them what people approved at the desk. */
export interface Translations {
  lang: string
  /** The words made from exactly this English, or null: then the English is shown (mission.md 6). */
  of(name: string, english: string): { text: string; review: Review } | null
}

/** What a reviewer approved: words bound to the English they were made from. */
export interface Approved {
  text: string
  /** sourceHash of that English. */
  of: string
  review: Review
}

type File = Record<string, unknown> & { $of?: Record<string, string>; $status?: Review }

/**
 * The translations of a pack's folder in one language. A file is read once, at its first question;
 * `approved` is asked every time, because the desk changes it under way.
 */
export function readTranslations(
  folder: string,
  lang: string,
  approved: (name: string) => Approved | undefined = () => undefined,
): Translations {
  const files = new Map<string, File>()
  const fileOf = (situation: string): File => {
    const known = files.get(situation) ?? readFile(join(folder, situation, `${lang}.json`))
    files.set(situation, known)
    return known
  }
  return {
    lang,
    of(name, english) {
      if (lang === 'en') return { text: english, review: 'source' }
      const hash = sourceHash(english)
      const by = approved(name)
      if (by?.of === hash) return { text: by.text, review: by.review }
      const [situation, key] = name.split('.') as [string, string]
      const { $of = {}, $status = 'machine-draft', [key]: text } = fileOf(situation)
      return typeof text === 'string' && $of[key] === hash ? { text, review: $status } : null
    },
  }
}

const readFile = (path: string): File =>
  existsSync(path) ? (JSON.parse(readFileSync(path, 'utf8')) as File) : {}
