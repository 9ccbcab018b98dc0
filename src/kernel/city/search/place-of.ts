// The answer for one row: its name in the reader's language, where it is, and how well that is known.
import type { Place } from '../contract.ts'
import type { Row } from './ids.ts'
import { pointOf, type SearchIndex } from './search-index.ts'
import type { Tables } from './tables.ts'

/** A row as a place; the label names the parent area in `lang` where the pack has it. */
export function placeOf(index: SearchIndex, row: Row, lang = 'en'): Place {
  const { tables } = index
  const { about } = tables
  const rows = { corner: tables.corners, street: tables.streets, named: tables.named }[row.table]
  const { name, kind, uncertaintyMetres } = told(tables, row, lang)
  const parent = nameOfArea(tables, (rows.within[row.number] as number) - 1, lang)
  // "Airports, Queens" needs no second Queens.
  const suffix = parent && !name.endsWith(`, ${parent}`) ? `, ${parent}` : ''
  return {
    placeId: index.ids.idOf(row),
    label: `${name}${suffix}`,
    kind,
    ...pointOf(index, row.table, row.number),
    areas: (about.areaSets[rows.areaSet[row.number] as number] as number[]).map(
      (area) => about.areas[area]?.id as string,
    ),
    uncertaintyMetres,
  }
}

function told(
  tables: Tables,
  { table, number }: Row,
  lang: string,
): Pick<Place, 'kind' | 'uncertaintyMetres'> & { name: string } {
  const { about, corners, streets, named } = tables
  if (table === 'corner') {
    const [a, b] = [corners.streetA, corners.streetB].map(
      (side) => streets.name[side[number] as number],
    )
    return { name: `${a} & ${b}`, kind: 'intersection', uncertaintyMetres: about.cornerMetres }
  }
  if (table === 'street')
    return {
      name: streets.name[number] as string,
      kind: 'street',
      uncertaintyMetres: streets.metres[number] as number,
    }
  const own =
    nameOfArea(tables, (named.area[number] as number) - 1, lang) ?? (named.name[number] as string)
  const lines = named.lines[number]
  return {
    name: lines ? `${own} (${lines})` : own,
    kind: about.kinds[named.kind[number] as number] as string,
    uncertaintyMetres: named.metres[number] as number,
  }
}

function nameOfArea({ about }: Tables, area: number, lang: string): string | undefined {
  const row = about.areas[area]
  return row?.label[lang] ?? row?.name
}
