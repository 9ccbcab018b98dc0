// What there is to ask for: corners, streets and named places of a pack, with all rows that one name may mean.
import { indexAreas } from '../../src/kernel/city/areas.ts'
import { buildGazetteer, type Gazetteer } from '../../src/kernel/city/gazetteer.ts'
import { readPack } from '../../src/kernel/city/read-pack.ts'
import { makeTokeniser } from '../../src/kernel/city/search/normalise.ts'

export interface Target {
  id: string
  lat: number
  lon: number
}

export interface Corner extends Target {
  a: string
  b: string
  borough: string
  /** Names of the neighbourhood and the ZIP area that hold it; empty where none does. */
  neighbourhood: string
  zip: string
}

export interface NamedThing extends Target {
  name: string
  kind: string
  borough: string
  lines: string
}

export interface Gold {
  /** The pack's own spellings of words. */
  words: Record<string, string>
  corners: Corner[]
  streets: NamedThing[]
  named: NamedThing[]
  /** Every row that the same words mean, the row itself among them. */
  sameCorner(corner: Corner, withBorough: boolean): Target[]
  sameName(thing: NamedThing, withBorough: boolean): Target[]
  /** True when no other corner of its borough bears these two names without their kinds. */
  plainIsUnique(corner: Corner): boolean
}

/** Reads a pack's rows as things to ask for. Throws when the pack cannot be read. */
export async function readGold(folder: string): Promise<Gold> {
  const { content } = await readPack(folder, { skipMap: true })
  if (!content)
    throw new Error(`The pack in ${folder} cannot be read; run tools/check-city.ts on it.`)
  const areas = indexAreas(content.areas, content.pack.landKind)
  const gazetteer = buildGazetteer(content, areas, content.pack.landKind)
  const nameOf = (areaId: string) => areas.byId(areaId)?.name ?? ''
  const corners = gazetteer.corners.map((row): Corner => {
    const held = areas.at(row)
    const named = (kind: string) => held.find((area) => area.kind === kind)?.name ?? ''
    return {
      ...target(row),
      a: gazetteer.streets[row.streetA]?.name ?? '',
      b: gazetteer.streets[row.streetB]?.name ?? '',
      borough: nameOf(row.within),
      neighbourhood: named('neighbourhood'),
      zip: named('zip'),
    }
  })
  return {
    words: content.pack.search.words,
    ...things(gazetteer, nameOf),
    corners,
    ...namesakes(corners, things(gazetteer, nameOf)),
  }
}

const target = ({ id, lat, lon }: Target): Target => ({ id, lat, lon })

function things(gazetteer: Gazetteer, nameOf: (areaId: string) => string) {
  const streets = gazetteer.streets.map(
    (row): NamedThing => ({
      ...target(row),
      name: row.name,
      kind: 'street',
      borough: nameOf(row.within),
      lines: '',
    }),
  )
  const named = gazetteer.named.map(
    (row): NamedThing => ({
      ...target(row),
      name: row.name,
      kind: row.kind,
      borough: nameOf(row.within),
      lines: row.lines,
    }),
  )
  return { streets, named }
}

function namesakes(
  corners: Corner[],
  { streets, named }: { streets: NamedThing[]; named: NamedThing[] },
): Pick<Gold, 'sameCorner' | 'sameName' | 'plainIsUnique'> {
  const pair = ({ a, b }: Corner, form: (name: string) => string) =>
    [form(a), form(b)].sort().join('|')
  const byPair = Map.groupBy(corners, (corner) => pair(corner, lower))
  const byPlainPair = Map.groupBy(corners, (corner) => `${pair(corner, plain)}@${corner.borough}`)
  const byName = Map.groupBy([...streets, ...named], ({ name }) => words(name))
  const within = <T extends { borough: string }>(rows: T[] | undefined, row: T, narrow: boolean) =>
    (rows ?? [row]).filter(({ borough }) => !narrow || borough === row.borough)
  return {
    sameCorner: (corner, narrow) => within(byPair.get(pair(corner, lower)), corner, narrow),
    sameName: (thing, narrow) => within(byName.get(words(thing.name)), thing, narrow),
    plainIsUnique: (corner) =>
      new Set(byPlainPair.get(`${pair(corner, plain)}@${corner.borough}`)?.map(({ id }) => id))
        .size === 1,
  }
}

/** "79 St" and "79th Street" are one name to whoever types it. */
const tokenise = makeTokeniser({ words: {} })
const words = (name: string) =>
  tokenise(name)
    .map(({ text }) => text)
    .join(' ')

const lower = (name: string) => name.toLowerCase()

/** "East 82nd Street" -> "82nd": what is left when nobody writes the rest. */
const plain = (name: string) =>
  lower(name)
    .replace(/^(east|west|north|south) (?=\d)/, '')
    .replace(
      / (street|avenue|boulevard|road|drive|place|parkway|expressway|highway|lane|court|terrace|turnpike)$/,
      '',
    )
