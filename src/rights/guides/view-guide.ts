import type { TranslationStatus } from '../../kernel/i18n/index.ts'
import type { Guide, Part, Sources, Statement } from '../contract-guides.ts'
import { type Age, ageOf } from './age.ts'
import { type GuidePack, textName } from './read-guides.ts'
import type { Translations } from './translations.ts'

/** A statement as it is read on a day in a language. */
export interface StatementView {
  key: string
  part: Part
  text: string
  /** The language of `text`: English where the translation is missing or its English has changed since. */
  lang: string
  /** What is said aloud is said in English: the words of the translation stand beneath. */
  english: string | null
  age: Exclude<Age, 'hidden'>
  /** How far the translation has come; `source` for English. */
  review: TranslationStatus
  asOf: string
  reviewBy: string
  jurisdiction: string
  /** The lawyer who reviewed it; null says that none has yet. */
  lawyer: string | null
  fact: string
  law: string | null
  sources: (Sources[string] & { key: string })[]
}

export interface GuideView {
  situation: string
  audiences: Guide['audiences']
  lang: string
  title: string
  summary: string
  statements: StatementView[]
  /** How many are past their review by so long that they are not shown. */
  hidden: number
  /** How many stand in English because their translation is missing or out of date. */
  fallbacks: number
}

/** What a list of guides shows of one. */
export type GuideCard = Pick<GuideView, 'situation' | 'audiences' | 'title' | 'summary'>

export const cardOf = (pack: GuidePack, guide: Guide, translations: Translations): GuideCard => ({
  situation: guide.situation,
  audiences: guide.audiences,
  title: wordsOf(pack, translations, `${guide.situation}.title`).text,
  summary: wordsOf(pack, translations, `${guide.situation}.summary`).text,
})

/** The guide as a reader of that language sees it at `now`. Pure. */
export function viewGuide(
  pack: GuidePack,
  guide: Guide,
  translations: Translations,
  now: Date,
): GuideView {
  const shown = guide.statements.flatMap((statement) => {
    const age = ageOf(statement.reviewBy, now)
    return age === 'hidden' ? [] : [viewStatement(pack, guide, statement, translations, age)]
  })
  return {
    ...cardOf(pack, guide, translations),
    lang: translations.lang,
    statements: shown,
    hidden: guide.statements.length - shown.length,
    fallbacks: shown.filter(({ lang }) => lang !== translations.lang).length,
  }
}

function viewStatement(
  pack: GuidePack,
  { situation }: Guide,
  statement: Statement,
  translations: Translations,
  age: Exclude<Age, 'hidden'>,
): StatementView {
  const { asOf, reviewBy, jurisdiction, lawyer, fact, key, part } = statement
  const words = wordsOf(pack, translations, textName(situation, statement))
  const spoken = part === 'say' && words.lang !== 'en'
  return {
    ...{ key, part, age, asOf, reviewBy, jurisdiction, lawyer, fact },
    ...words,
    english: spoken ? english(pack, textName(situation, statement)) : null,
    law: statement.law ?? null,
    sources: (statement.sources ?? []).flatMap((source) => {
      const known = pack.sources[source]
      return known ? [{ key: source, ...known }] : []
    }),
  }
}

/** Throws where the pack has no such words, which reading it has made sure of. */
function english(pack: GuidePack, name: string): string {
  const text = pack.english.get(name)
  if (text === undefined) throw new Error(`no guide has the words ${name}`)
  return text
}

function wordsOf(pack: GuidePack, translations: Translations, name: string) {
  const source = english(pack, name)
  const found = translations.of(name, source)
  return found
    ? { text: found.text, lang: translations.lang, review: found.review }
    : { text: source, lang: 'en', review: 'source' as const }
}
