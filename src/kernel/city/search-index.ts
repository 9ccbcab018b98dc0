// What place search keeps in memory, and how a query is prepared against it.
import type { Point } from '../geo.ts'
import type { SearchSettings } from './contract.ts'
import type { Gazetteer, Named } from './gazetteer.ts'
import { NameIndex } from './name-index.ts'
import { fold, makeTokeniser, splitWords, type Token } from './normalise.ts'
import { Vocabulary } from './vocabulary.ts'
import { DIRECTIONS, KIND_WORDS, KINDS_SPOKEN_FOR, SHORT_FORMS, STREET_TYPES } from './words.ts'

const ALIAS_PENALTY = 0.01
/** Half the name of a station is less than the whole name of a street. */
const PART_OF_NAME_PENALTY = 0.05
/** Stops are many and stand at corners, which are the better answer unless a bus is named. */
const BUS_STOP_PENALTY = 0.12
const KIND_ORDER = [
  'borough',
  'landmark',
  'neighbourhood',
  'zip',
  'park',
  'station',
  'intersection',
  'rail',
  'ferry',
  'police',
  'street',
  'bus-stop',
]

export interface SearchIndex {
  gazetteer: Gazetteer
  settings: SearchSettings
  vocabulary: Vocabulary
  streets: NameIndex
  named: NameIndex
  /** Name in tokens -> the areas and neighbourhood points that bear it. */
  areaNames: Map<string, Named[]>
  phrases: [from: RegExp, to: string][]
  endings: string[][]
  ownWords: Map<string, string>
  bias: Map<string, number>
  kindRank(kind: string): number
  inArea(areaId: string, p: Point): boolean
}

/** Builds the index; `landKind` is ranked above all other kinds, `inArea` tells whether an area holds a point. */
export function buildSearchIndex(
  gazetteer: Gazetteer,
  settings: SearchSettings,
  landKind: string,
  inArea: SearchIndex['inArea'],
): SearchIndex {
  const vocabulary = new Vocabulary()
  const tokenise = makeTokeniser(settings)
  const streets = new NameIndex(vocabulary)
  const named = new NameIndex(vocabulary)
  indexStreets(streets, gazetteer, settings, tokenise)
  for (const [i, place] of gazetteer.named.entries()) indexNamed(named, place, i, tokenise)
  for (const table of [STREET_TYPES, DIRECTIONS, SHORT_FORMS, KIND_WORDS]) {
    for (const [form, word] of table) if (form.length > 4) vocabulary.addForm(form, word)
  }
  vocabulary.seal()
  return {
    gazetteer,
    settings,
    vocabulary,
    streets,
    named,
    inArea,
    areaNames: areaNames(gazetteer.named, tokenise),
    phrases: phrasePatterns(settings.phrases),
    endings: settings.endings.map((ending) => splitWords(fold(ending))),
    ownWords: new Map(Object.entries(settings.words).map(([from, to]) => [fold(from), fold(to)])),
    bias: new Map(Object.entries(settings.bias)),
    kindRank: (kind) =>
      kind === landKind ? -1 : (KIND_ORDER.indexOf(kind) + KIND_ORDER.length) % KIND_ORDER.length,
  }
}

function indexStreets(
  index: NameIndex,
  gazetteer: Gazetteer,
  settings: SearchSettings,
  tokenise: (text: string) => Token[],
): void {
  const aliases = Map.groupBy(settings.streetAliases, (alias) => fold(alias.street))
  gazetteer.streets.forEach((street, i) => {
    index.add(i, tokenise(street.name))
    for (const alias of aliases.get(fold(street.name)) ?? []) {
      if (alias.within && alias.within !== street.within) continue
      for (const name of alias.also) index.add(i, tokenise(name), [], ALIAS_PENALTY)
    }
  })
}

function indexNamed(
  index: NameIndex,
  place: Named,
  i: number,
  tokenise: (text: string) => Token[],
): void {
  const kindWords = Object.entries(KINDS_SPOKEN_FOR).flatMap(([word, kinds]) =>
    kinds.includes(place.kind) ? [word] : [],
  )
  const lines = place.lines ? splitWords(fold(place.lines)) : []
  const penalty = place.kind === 'bus-stop' ? BUS_STOP_PENALTY : 0
  const extras = [...new Set([...lines, ...kindWords])]
  index.add(i, tokenise(place.name), extras, penalty)
  for (const alias of place.aliases)
    index.add(
      i,
      tokenise(alias),
      extras,
      penalty + (place.areaId || place.kind === 'landmark' ? ALIAS_PENALTY : PART_OF_NAME_PENALTY),
    )
}

export const keyOfTokens = (tokens: Token[]) => tokens.map((token) => token.text).join(' ')

function areaNames(named: Named[], tokenise: (text: string) => Token[]): Map<string, Named[]> {
  const names = new Map<string, Named[]>()
  for (const place of named) {
    if (!place.areaId && place.kind !== 'neighbourhood') continue
    for (const name of [place.name, ...place.aliases]) {
      const key = keyOfTokens(tokenise(name))
      names.set(key, [...(names.get(key) ?? []), place])
    }
  }
  return names
}

/** Whole words in scripts that space them; anywhere in Chinese, where they are not spaced. Longest first. */
function phrasePatterns(phrases: Record<string, string>): [RegExp, string][] {
  return Object.entries(phrases)
    .map(([from, to]): [string, string] => [fold(from), fold(to)])
    .sort((a, b) => b[0].length - a[0].length)
    .map(([from, to]) => {
      const literal = from.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')
      const spaced = !/\p{Script=Han}/u.test(from)
      return [
        new RegExp(spaced ? `(?<![\\p{L}\\p{N}])${literal}(?![\\p{L}\\p{N}])` : literal, 'gu'),
        ` ${to} `,
      ]
    })
}
