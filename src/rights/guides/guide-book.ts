import { notFound } from '../../kernel/problem.ts'
import type { Guide } from '../contract-guides.ts'
import { type GuidePack, readGuides } from './read-guides.ts'
import { faultLine } from './read-json.ts'
import { type Approved, readTranslations, type Translations } from './translations.ts'
import { cardOf, type GuideCard, type GuideView, viewGuide } from './view-guide.ts'

/** The guides of a city, opened at the first question. */
export interface GuideBook {
  /** The names of the situations, in their order; empty where the city's pack has no guides. */
  situations(): string[]
  list(lang: string): GuideCard[]
  /** Throws the problem `kernel/not-found`. */
  one(situation: string, lang: string): GuideView
  /** The pack itself; throws one Error that lists every fault in it. */
  pack(): GuidePack
  translations(lang: string): Translations
}

/** What the desk has approved, by language and name; asked anew for every reader. */
export type ApprovedWords = (lang: string, name: string) => Approved | undefined

/** Opens the guides of a folder; null means that the city's pack has none. */
export function makeGuideBook(
  folder: string | null,
  clock: { now(): Date },
  approved: ApprovedWords = () => undefined,
): GuideBook {
  const pack = once(() => (folder === null ? none : faultless(folder)))
  const byLanguage = new Map<string, Translations>()
  const translations = (lang: string): Translations => {
    const known =
      byLanguage.get(lang) ?? readTranslations(pack().folder, lang, (name) => approved(lang, name))
    byLanguage.set(lang, known)
    return known
  }
  return {
    pack,
    translations,
    situations: () => pack().guides.map(({ situation }) => situation),
    list: (lang) => pack().guides.map((guide) => cardOf(pack(), guide, translations(lang))),
    one: (situation, lang) =>
      viewGuide(pack(), guideOf(pack(), situation), translations(lang), clock.now()),
  }
}

const none: GuidePack = { folder: '', sources: {}, guides: [], english: new Map() }

function faultless(folder: string): GuidePack {
  const { pack, faults } = readGuides(folder)
  if (faults.length > 0)
    throw new Error(`The guides in ${folder} cannot be used:\n${faults.map(faultLine).join('\n')}`)
  return pack
}

function guideOf({ guides }: GuidePack, situation: string): Guide {
  const found = guides.find((guide) => guide.situation === situation)
  if (found) return found
  throw notFound('We have no guide of that name.')
}

function once<T>(make: () => T): () => T {
  let made: { value: T } | null = null
  return () => {
    made ??= { value: make() }
    return made.value
  }
}
