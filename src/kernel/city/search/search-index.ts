// What place search keeps in memory: a city's tables, and what is looked up in them.
import { distanceMetres } from '../../geo.ts'
import { fold, splitWords } from './fold.ts'
import type { Ids } from './ids.ts'
import { makeIds } from './ids.ts'
import { NameIndex } from './name-index.ts'
import { ownWords, tokensOf } from './normalise.ts'
import { makePhrases, type Phrases } from './phrases.ts'
import { Spellings } from './spellings.ts'
import { MILLIONTHS, type Table, type Tables } from './tables.ts'
import { Vocabulary } from './vocabulary.ts'

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
/** People say a corner is in Corona when it is across the street from it. */
const SAID_TO_BE_IN_METRES = 500

export interface SearchIndex {
  tables: Tables
  ids: Ids
  vocabulary: Vocabulary
  streets: NameIndex
  named: NameIndex
  /** Name in tokens -> the rows of `named` that are areas and bear it. */
  areaNames: Map<string, number[]>
  /** Finds the name of an area that is misspelt: numbers into the keys of `areaNames`. */
  areaSpellings: Spellings
  areaKeys: string[]
  phrases: Phrases
  endings: string[][]
  ownWords: Map<string, string>
  /** Parent area's number plus one -> bonus. */
  bias: Map<number, number>
  /** Numbers plus one of the areas where the part of a house number before the hyphen is the cross street. */
  crossStreetAreas: Set<number>
  kindRank(kind: string): number
}

/** Makes tables ready to be searched. */
export function makeSearchIndex(tables: Tables): SearchIndex {
  const { about, words } = tables
  const { search, areas } = about
  const names = areaNames(tables)
  const areaKeys = [...names.keys()]
  const numberOf = (id: string) => areas.findIndex((area) => area.id === id) + 1
  return {
    tables,
    ids: makeIds(tables),
    vocabulary: new Vocabulary(tables),
    streets: new NameIndex(tables.streetNames, words.length),
    named: new NameIndex(tables.placeNames, words.length),
    areaNames: names,
    areaSpellings: new Spellings(areaSpellings(tables, areaKeys)),
    areaKeys,
    phrases: makePhrases(
      search.phrases,
      words.filter((word) => /\p{Script=Han}/u.test(word)),
    ),
    endings: search.endings.map((ending) => splitWords(fold(ending))),
    ownWords: ownWords(search),
    bias: new Map(Object.entries(search.bias).map(([id, bonus]) => [numberOf(id), bonus])),
    crossStreetAreas: new Set(search.crossStreetHouseNumbers.map(numberOf)),
    kindRank: (kind) =>
      kind === about.landKind
        ? -1
        : (KIND_ORDER.indexOf(kind) + KIND_ORDER.length) % KIND_ORDER.length,
  }
}

function areaNames({ about, named, placeNames, words }: Tables): Map<string, number[]> {
  const names = new Map<string, number[]>()
  const { target, wordsFrom } = placeNames
  for (let i = 0; i < target.length; i++) {
    const place = target[i] as number
    if (!named.area[place] && about.kinds[named.kind[place] as number] !== 'neighbourhood') continue
    const own: string[] = []
    for (let at = wordsFrom[i] as number; at < (wordsFrom[i + 1] as number); at++)
      if (placeNames.weights[at]) own.push(words[placeNames.words[at] as number] as string)
    const key = own.join(' ')
    const some = names.get(key)
    if (some) some.push(place)
    else names.set(key, [place])
  }
  return names
}

/** Names as they are written and as they are shortened ("staten island", "staten is"), each with its number in `keys`. */
function areaSpellings({ about, named }: Tables, keys: readonly string[]): [string, number][] {
  const spelt = keys.map((key, i): [string, number] => [key, i])
  const numbers = new Map(spelt)
  for (let place = 0; place < named.count; place++) {
    if (!named.area[place] && about.kinds[named.kind[place] as number] !== 'neighbourhood') continue
    const written = splitWords(fold(named.name[place] as string)).join(' ')
    const key = tokensOf(written.split(' '), new Map())
      .map(({ text }) => text)
      .join(' ')
    const number = numbers.get(key)
    if (number !== undefined && written !== key) spelt.push([written, number])
  }
  return spelt.filter(([text]) => /^[a-z ]{5,}$/.test(text))
}

/** Where a row of a table is, in degrees. */
export function pointOf(
  { tables }: SearchIndex,
  table: Table,
  number: number,
): { lat: number; lon: number } {
  const rows = { corner: tables.corners, street: tables.streets, named: tables.named }[table]
  return {
    lat: (rows.lat[number] as number) / MILLIONTHS,
    lon: (rows.lon[number] as number) / MILLIONTHS,
  }
}

/** True when the row lies in one of these areas (rows of `named`), or so near that people would still say so; the borough is taken at its word. */
export function isSaidToBeIn(
  index: SearchIndex,
  areas: readonly number[],
  table: Table,
  number: number,
): boolean {
  const { named, about, ...tables } = index.tables
  const rows = { corner: tables.corners, street: tables.streets, named }[table]
  const held = about.areaSets[rows.areaSet[number] as number] as number[]
  return areas.some((place) => {
    const area = named.area[place] as number
    if (area && (rows.within[number] === area || held.includes(area - 1))) return true
    if (area && about.areas[area - 1]?.kind === about.landKind) return false
    const metres = distanceMetres(pointOf(index, 'named', place), pointOf(index, table, number))
    return metres < (named.metres[place] as number) + SAID_TO_BE_IN_METRES
  })
}
