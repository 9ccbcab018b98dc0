// Turns a pack's rows into the one file of columns that place search reads.

import type { Point } from '../geo.ts'
import type { AreaIndex } from './areas.ts'
import type { SearchSettings } from './contract.ts'
import { type Gazetteer, type Named, streetUncertaintyMetres } from './gazetteer.ts'
import { NameRowsBuilder } from './name-rows.ts'
import type { PackContent } from './read-pack.ts'
import { fold, splitWords } from './search/fold.ts'
import { makeTokeniser, type Token } from './search/normalise.ts'
import { type Column, pack } from './search/packed.ts'
import { isPositioned } from './search/place-id.ts'
import { type About, FORMAT, MILLIONTHS } from './search/tables.ts'
import {
  DIRECTIONS,
  KIND_WORDS,
  KINDS_SPOKEN_FOR,
  SHORT_FORMS,
  STREET_TYPES,
} from './search/words.ts'

const ALIAS_PENALTY = 0.01
/** Half the name of a station is less than the whole name of a street. */
const PART_OF_NAME_PENALTY = 0.05
/** Stops are many and stand at corners, which are the better answer unless a bus is named. */
const BUS_STOP_PENALTY = 0.12
/** Forms shorter than this are abbreviations already. */
const SHORTEST_FORM = 4

/** The packed file of a pack's places; `stamp` tells this data from other data. */
export function writeTables(
  { pack: settings }: PackContent,
  gazetteer: Gazetteer,
  areas: AreaIndex,
  stamp: string,
): Uint8Array {
  const areaNumber = new Map(areas.areas.map((area, i) => [area.id, i + 1]))
  const sets = new AreaSets(areas, areaNumber)
  const kinds = [...new Set(gazetteer.named.map(({ kind }) => kind))]
  const rowsOf = (table: string, rows: readonly (Point & { id: string; within: string })[]) =>
    columns(table, {
      lat: rows.map(({ lat }) => Math.round(lat * MILLIONTHS)),
      lon: rows.map(({ lon }) => Math.round(lon * MILLIONTHS)),
      within: rows.map(({ within }) => areaNumber.get(within) ?? 0),
      areaSet: rows.map((row) => sets.numberAt(row)),
      positioned: rows.map(({ id }) => Number(isPositioned(id))),
    })
  const { streets, corners, named } = gazetteer
  const data: Record<string, Column> = {
    ...rowsOf('street', streets),
    ...rowsOf('corner', corners),
    ...rowsOf('named', named),
    ...columns('street', { metres: streets.map(streetUncertaintyMetres) }),
    ...columns('corner', {
      streetA: corners.map(({ streetA }) => streetA),
      streetB: corners.map(({ streetB }) => streetB),
    }),
    ...columns('named', {
      kind: named.map(({ kind }) => kinds.indexOf(kind)),
      metres: named.map(({ uncertaintyMetres }) => uncertaintyMetres),
      area: named.map(({ areaId }) => areaNumber.get(areaId ?? '') ?? 0),
    }),
    'street.name': streets.map(({ name }) => name),
    'named.name': named.map(({ name }) => name),
    'named.lines': named.map(({ lines }) => lines),
    ...nameColumns(gazetteer, settings.search),
  }
  const about: About = {
    format: FORMAT,
    city: settings.id,
    stamp,
    landKind: settings.landKind,
    search: settings.search,
    areas: areas.areas.map(({ id, kind, name, label }) => ({
      id,
      kind,
      name,
      label: othersOf(label, name),
    })),
    kinds,
    areaSets: sets.list,
    cornerMetres: gazetteer.cornerMetres,
  }
  return pack(about, data)
}

const othersOf = (label: Record<string, string>, name: string): Record<string, string> =>
  Object.fromEntries(Object.entries(label).filter(([, text]) => text !== name))

const columns = (table: string, lists: Record<string, number[]>): Record<string, Column> =>
  Object.fromEntries(
    Object.entries(lists).map(([name, list]) => [`${table}.${name}`, Int32Array.from(list)]),
  )

/** Each combination of areas once: 75,000 places lie in about 3,000. */
class AreaSets {
  readonly list: number[][] = []
  private readonly numbers = new Map<string, number>()
  private readonly areas: AreaIndex
  private readonly areaNumber: ReadonlyMap<string, number>

  constructor(areas: AreaIndex, areaNumber: ReadonlyMap<string, number>) {
    this.areas = areas
    this.areaNumber = areaNumber
  }

  numberAt(p: Point): number {
    const held = this.areas.at(p).map(({ id }) => (this.areaNumber.get(id) as number) - 1)
    const key = held.join(' ')
    const known = this.numbers.get(key)
    if (known !== undefined) return known
    this.numbers.set(key, this.list.length)
    return this.list.push(held) - 1
  }
}

function nameColumns(gazetteer: Gazetteer, search: SearchSettings): Record<string, Column> {
  const tokenise = makeTokeniser(search)
  const words = new Map<string, number>()
  const streetNames = new NameRowsBuilder(words)
  const placeNames = new NameRowsBuilder(words)
  addStreets(streetNames, gazetteer, search, tokenise)
  for (const [i, place] of gazetteer.named.entries()) addNamed(placeNames, place, i, tokenise)
  const sorted = [...words.keys()].sort()
  const renumbered = new Map(sorted.map((word, i) => [words.get(word) as number, i]))
  const numberOf = new Map(sorted.map((word, i) => [word, i]))
  const forms = [STREET_TYPES, DIRECTIONS, SHORT_FORMS, KIND_WORDS]
    .flatMap((table) => [...table])
    .filter(([form, word]) => form.length >= SHORTEST_FORM && form !== word && numberOf.has(word))
  return {
    words: sorted,
    forms: forms.map(([form]) => form),
    formWords: Int32Array.from(forms, ([, word]) => numberOf.get(word) as number),
    ...streetNames.columns('streetNames', renumbered),
    ...placeNames.columns('placeNames', renumbered),
  }
}

function addStreets(
  names: NameRowsBuilder,
  { streets }: Gazetteer,
  search: SearchSettings,
  tokenise: (text: string) => Token[],
): void {
  const aliases = Map.groupBy(search.streetAliases, (alias) => fold(alias.street))
  streets.forEach((street, i) => {
    names.add(i, tokenise(street.name))
    for (const alias of aliases.get(fold(street.name)) ?? []) {
      if (alias.within && alias.within !== street.within) continue
      for (const name of alias.also) names.add(i, tokenise(name), [], ALIAS_PENALTY)
    }
  })
}

function addNamed(
  names: NameRowsBuilder,
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
  names.add(i, tokenise(place.name), extras, penalty)
  const less = place.areaId || place.kind === 'landmark' ? ALIAS_PENALTY : PART_OF_NAME_PENALTY
  for (const alias of place.aliases) names.add(i, tokenise(alias), extras, penalty + less)
}
