import { createReadStream } from 'node:fs'
import { access, readFile } from 'node:fs/promises'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { linesOf } from '../kernel/lines.ts'

/** One row of a file as it was read: its fields, or why it could not be read. */
export interface RawRow {
  number: number
  fields: Record<string, unknown>
  broken?: string
}

/** Reads JSONL, CSV or GeoJSON, each also gzipped, by the file's name. Throws on another kind. */
export async function* readRows(path: string): AsyncGenerator<RawRow> {
  await access(path).catch(() => {
    throw new Error(`There is no file ${path} that can be read.`)
  })
  const name = path.toLowerCase().replace(/\.gz$/, '')
  if (name.endsWith('.jsonl') || name.endsWith('.ndjson')) yield* jsonLines(path)
  else if (name.endsWith('.csv')) yield* csvRows(path)
  else if (name.endsWith('.geojson') || name.endsWith('.json')) yield* geoJson(path)
  else throw new Error(`${path} is neither .jsonl, .csv nor .geojson (each also .gz).`)
}

const open = (path: string): NodeJS.ReadableStream => {
  const file = createReadStream(path)
  if (!path.toLowerCase().endsWith('.gz')) return file
  const unzipped = createGunzip()
  file.on('error', (error) => unzipped.destroy(error))
  return file.pipe(unzipped)
}

async function* jsonLines(path: string): AsyncGenerator<RawRow> {
  let number = 0
  for await (const line of linesOf(open(path))) {
    number++
    if (line.trim() === '') continue
    yield { number, ...parsed(line) }
  }
}

function parsed(line: string): Omit<RawRow, 'number'> {
  try {
    const value: unknown = JSON.parse(line)
    if (typeof value === 'object' && value !== null && !Array.isArray(value))
      return { fields: value as Record<string, unknown> }
    return { fields: {}, broken: 'not a JSON object' }
  } catch {
    return { fields: {}, broken: 'not valid JSON' }
  }
}

async function* csvRows(path: string): AsyncGenerator<RawRow> {
  const parser = parse({
    columns: true,
    bom: true,
    relax_column_count: true,
    relax_quotes: true,
    skip_empty_lines: true,
  })
  open(path)
    .on('error', (error) => parser.destroy(error))
    .pipe(parser)
  let number = 0
  for await (const fields of parser)
    yield { number: ++number, fields: withoutEmpty(fields as Record<string, string>) }
}

/** An empty cell is a field that was not given. */
const withoutEmpty = (fields: Record<string, string>): Record<string, unknown> =>
  Object.fromEntries(
    Object.entries(fields).filter(([, value]) => value !== undefined && value.trim() !== ''),
  )

interface Feature {
  id?: unknown
  properties?: Record<string, unknown> | null
  geometry?: { type?: string; coordinates?: unknown } | null
}

async function* geoJson(path: string): AsyncGenerator<RawRow> {
  if (path.endsWith('.gz')) throw new Error('Unpack a .geojson.gz first: it is read whole.')
  const collection = JSON.parse(await readFile(path, 'utf8')) as {
    type?: string
    features?: Feature[]
  }
  if (collection.type !== 'FeatureCollection' || !Array.isArray(collection.features))
    throw new Error(`${path} is not a GeoJSON FeatureCollection.`)
  let number = 0
  for (const feature of collection.features) yield { number: ++number, ...featureFields(feature) }
}

function featureFields(feature: Feature): Omit<RawRow, 'number'> {
  const { geometry } = feature
  if (geometry?.type !== 'Point' || !Array.isArray(geometry.coordinates))
    return { fields: {}, broken: 'the geometry is not a Point' }
  const [lon, lat] = geometry.coordinates as unknown[]
  return {
    fields: {
      ...(feature.id === undefined ? {} : { id: String(feature.id) }),
      ...feature.properties,
      lat,
      lon,
    },
  }
}
