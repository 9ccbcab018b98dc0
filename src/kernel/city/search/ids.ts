// Ids of rows are made from their names when they are needed, and found again the same way.
import { cornerId, namedId, slug, withPosition } from './place-id.ts'
import { MILLIONTHS, type Table, type Tables } from './tables.ts'

export interface Row {
  table: Table
  number: number
}

export interface Ids {
  idOf(row: Row): string
  rowOf(placeId: string): Row | undefined
}

/** Ids over one city's tables. The first `rowOf` of a name's kind makes a list of that kind's names. */
export function makeIds(tables: Tables): Ids {
  const { about, streets, corners, named } = tables
  const slugs = new Map<number, string>()
  const slugOf = (street: number): string => {
    const known = slugs.get(street) ?? slug(streets.name[street] as string)
    slugs.set(street, known)
    return known
  }
  const areaId = (within: number): string => about.areas[within - 1]?.id ?? ''
  const idOf = ({ table, number }: Row): string => {
    const rows = { corner: corners, street: streets, named }[table]
    const within = areaId(rows.within[number] as number)
    const base = baseId(table, number, within)
    if (!rows.positioned[number]) return base
    return withPosition(base, {
      lat: (rows.lat[number] as number) / MILLIONTHS,
      lon: (rows.lon[number] as number) / MILLIONTHS,
    })
  }
  const baseId = (table: Table, number: number, within: string): string => {
    if (table === 'corner')
      return cornerId(
        slugOf(corners.streetA[number] as number),
        slugOf(corners.streetB[number] as number),
        within,
      )
    if (table === 'street') return namedId('street', streets.name[number] as string, within)
    const area = named.area[number] as number
    return area
      ? `area:${areaId(area)}`
      : namedId(
          about.kinds[named.kind[number] as number] as string,
          named.name[number] as string,
          within,
        )
  }
  return { idOf, rowOf: finder(tables, idOf) }
}

function finder(tables: Tables, idOf: (row: Row) => string): (placeId: string) => Row | undefined {
  const listOf = (table: 'street' | 'named') => {
    const list = new Map<string, number>()
    for (let i = 0; i < (table === 'street' ? tables.streets : tables.named).count; i++)
      list.set(idOf({ table, number: i }), i)
    return list
  }
  let streets: Map<string, number[]> | undefined
  let named: Map<string, number> | undefined
  let streetIds: Map<string, number> | undefined
  return (placeId) => {
    if (placeId.startsWith('x:')) {
      streets ??= streetsBySlug(tables)
      const first = /^x:([^+]*)\+/.exec(placeId)?.[1] ?? ''
      return cornerWithId(tables, streets.get(first) ?? [], placeId, idOf)
    }
    if (placeId.startsWith('street:')) {
      streetIds ??= listOf('street')
      const number = streetIds.get(placeId)
      if (number !== undefined) return { table: 'street', number }
    }
    named ??= listOf('named')
    const number = named.get(placeId)
    return number === undefined ? undefined : { table: 'named', number }
  }
}

function streetsBySlug({ streets }: Tables): Map<string, number[]> {
  const list = new Map<string, number[]>()
  streets.name.forEach((name, i) => {
    const key = slug(name)
    const some = list.get(key)
    if (some) some.push(i)
    else list.set(key, [i])
  })
  return list
}

function cornerWithId(
  { streets }: Tables,
  some: readonly number[],
  placeId: string,
  idOf: (row: Row) => string,
): Row | undefined {
  for (const street of some) {
    for (
      let i = streets.cornersFrom[street] as number;
      i < (streets.cornersFrom[street + 1] as number);
      i++
    ) {
      const row: Row = { table: 'corner', number: streets.cornersOf[i] as number }
      if (idOf(row) === placeId) return row
    }
  }
  return undefined
}
