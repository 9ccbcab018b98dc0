// The labelled pairs of labels.csv with the reports they are of, as the program itself would see them.
// The reports are not ours to ship: they are read from a folder beside the project (docs/linking.md).
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync } from 'node:zlib'
import { parse } from 'csv-parse/sync'
import type { LinkFacts } from '../../src/incidents/features.ts'
import { fingerprint } from '../../src/incidents/fingerprint.ts'
import { importedRow } from '../../src/reports/import-fields.ts'

/** A report of a labelled pair. */
export interface Item {
  id: string
  facts: LinkFacts
  description: string
}

export interface LabelledPair {
  source: string
  a: Item
  b: Item
  same: boolean
  /** Pairs of one event are in one fold, so that no event is trained on and tested. */
  group: string
}

const folder = join(import.meta.dirname, '../../../shared/data/reports')

/** The labelled pairs; throws with a sentence where the reports are not at hand. */
export function labelledPairs(): LabelledPair[] {
  if (!existsSync(folder))
    throw new Error(`The labelled reports are not here: ${folder} (see docs/linking.md).`)
  const items = new Map(allItems().flatMap((all) => all.map((item) => [item.id, item] as const)))
  const rows: { source: string; a: string; b: string; same: string }[] = parse(
    readFileSync(join(import.meta.dirname, 'labels.csv')),
    { columns: true },
  )
  const groups = eventGroups(rows.map(({ a, b }) => [bare(a), bare(b)]))
  return rows.flatMap(({ source, a, b, same }) => {
    const [first, second] = [items.get(`${source}/${a}`), items.get(`${source}/${b}`)]
    if (!first || !second)
      throw new Error(`labels.csv names ${source} ${a} or ${b}; no such report.`)
    return [{ source, a: first, b: second, same: same === '1', group: groups(bare(a)) }]
  })
}

/** Every report of each source, in each of its wordings. */
export const allItems = (): Item[][] => [[...sightings()], [...haiti()], [...brutality()]]

const bare = (id: string): string => id.replace(/#.*/, '')

/** Puts ids that any pair joins, whether the same event or not, into one group. */
function eventGroups(pairs: readonly (readonly [string, string])[]): (id: string) => string {
  const parent = new Map<string, string>()
  const find = (id: string): string => {
    const up = parent.get(id) ?? id
    return up === id ? id : find(up)
  }
  for (const [a, b] of pairs) if (find(a) !== find(b)) parent.set(find(a), find(b))
  return find
}

type Fields = Record<string, unknown>

const options = { map: {}, cityLess: true, timeZone: 'America/New_York', dayFirst: false }

/** A row as the importer reads it; null where it refuses it. */
function itemOf(
  id: string,
  fields: Fields,
  map: Record<string, string>,
  dayFirst = false,
): Item | null {
  const row = importedRow(fields, 1, { ...options, map, dayFirst })
  if ('refused' in row) return null
  const { place, activity, size, description = '' } = row.report
  const point = 'lat' in place ? { lat: place.lat, lon: place.lon } : { lat: null, lon: null }
  return {
    id,
    description,
    facts: {
      ...point,
      uncertaintyMetres: null,
      observedAt: row.observedAt,
      timeUncertaintyMinutes: row.timeUncertaintyMinutes,
      activity,
      size: size === undefined ? null : String(size),
      text: fingerprint(description),
    },
  }
}

function* sightings(): Generator<Item> {
  for (const line of readFileSync(join(folder, 'sightings_2025.jsonl'), 'utf8').split('\n')) {
    if (!line) continue
    const row = JSON.parse(line) as Fields
    const wordings = {
      en: row.text_en ?? row.text,
      text: row.text,
      es: row.text_es,
    }
    for (const [name, text] of Object.entries(wordings)) {
      if (!text) continue
      const item = itemOf(`sightings/${row.id}#${name}`, { ...row, text }, {})
      if (item) yield item
    }
  }
}

const unzipped = (name: string): string => gunzipSync(readFileSync(join(folder, name))).toString()

function* haiti(): Generator<Item> {
  const rows: Fields[] = parse(unzipped('haiti_2010.csv.gz'), { columns: true })
  const map = {
    Serial: 'id',
    'INCIDENT DATE': 'observedAt',
    DESCRIPTION: 'description',
    LATITUDE: 'lat',
    LONGITUDE: 'lon',
  }
  for (const row of rows) {
    const item = itemOf(`haiti/${row.Serial}`, row, map, true)
    if (item) yield item
  }
}

function* brutality(): Generator<Item> {
  const map = { date: 'observedAt', description: 'description', lat: 'lat', lon: 'lon' }
  for (const row of JSON.parse(unzipped('incidents_2020pb.json.gz')) as Fields[]) {
    const [lat, lon] = String(row.geolocation ?? '').split(',')
    const item = itemOf(`2020pb/${row.id}`, { ...row, lat: lat?.trim(), lon: lon?.trim() }, map)
    if (item) yield item
  }
}
