// Makes Place answers out of the gazetteer's rows.
import type { AreaIndex } from './areas.ts'
import type { Place } from './contract.ts'
import type { FoundRow } from './find-rows.ts'
import {
  type Corner,
  type Gazetteer,
  type Named,
  type Street,
  streetUncertaintyMetres,
} from './gazetteer.ts'

type Ref = [table: FoundRow['table'], number: number]

export interface Places {
  ofRow(row: Pick<FoundRow, 'table' | 'number'>, lang?: string): Place
  ofCorner(number: number, lang?: string): Place
  byId(placeId: string): Place | undefined
}

/** The three tables as places; labels name the parent area in `lang` where the pack has it. */
export function makePlaces(gazetteer: Gazetteer, areas: AreaIndex): Places {
  const refs = new Map<string, Ref>()
  gazetteer.named.forEach(({ id }, i) => void refs.set(id, ['named', i]))
  gazetteer.streets.forEach(({ id }, i) => void refs.set(id, ['street', i]))
  gazetteer.corners.forEach(({ id }, i) => void refs.set(id, ['corner', i]))
  const ofRow = ({ table, number }: Pick<FoundRow, 'table' | 'number'>, lang = 'en'): Place => {
    if (table === 'corner') return cornerPlace(gazetteer, areas, number, lang)
    if (table === 'street') return streetPlace(gazetteer.streets[number] as Street, areas, lang)
    return namedPlace(gazetteer.named[number] as Named, areas, lang)
  }
  return {
    ofRow,
    ofCorner: (number, lang) => ofRow({ table: 'corner', number }, lang),
    byId: (placeId) => {
      const ref = refs.get(placeId)
      return ref && ofRow({ table: ref[0], number: ref[1] })
    },
  }
}

function cornerPlace(gazetteer: Gazetteer, areas: AreaIndex, number: number, lang: string): Place {
  const { id, streetA, streetB, within, lat, lon } = gazetteer.corners[number] as Corner
  const [a, b] = [gazetteer.streets[streetA]?.name, gazetteer.streets[streetB]?.name]
  return place(
    areas,
    {
      id,
      name: `${a} & ${b}`,
      kind: 'intersection',
      within,
      lat,
      lon,
      uncertaintyMetres: gazetteer.cornerMetres,
    },
    lang,
  )
}

function streetPlace(street: Street, areas: AreaIndex, lang: string): Place {
  return place(
    areas,
    { ...street, kind: 'street', uncertaintyMetres: streetUncertaintyMetres(street) },
    lang,
  )
}

function namedPlace(named: Named, areas: AreaIndex, lang: string): Place {
  const area = named.areaId ? areas.byId(named.areaId) : undefined
  const own = area?.label[lang] ?? named.name
  return place(areas, { ...named, name: named.lines ? `${own} (${named.lines})` : own }, lang)
}

function place(areas: AreaIndex, row: Omit<Named, 'lines' | 'aliases'>, lang: string): Place {
  const parent = row.within ? areas.byId(row.within) : undefined
  const parentName = parent?.label[lang] ?? parent?.name
  // "Airports, Queens" needs no second Queens.
  const suffix = parentName && !row.name.endsWith(`, ${parentName}`) ? `, ${parentName}` : ''
  return {
    placeId: row.id,
    label: `${row.name}${suffix}`,
    kind: row.kind,
    lat: row.lat,
    lon: row.lon,
    areas: areas.at(row).map((area) => area.id),
    uncertaintyMetres: row.uncertaintyMetres,
  }
}
