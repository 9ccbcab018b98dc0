import { createReadStream } from 'node:fs'
import { access, readFile, stat } from 'node:fs/promises'
import { pipeline, type Readable, Transform } from 'node:stream'
import { createGunzip } from 'node:zlib'
import { parse } from 'csv-parse'
import { limits } from '../kernel/limits.ts'
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

/** The file, unpacked; it ends with an error where it unpacks to more than any file of ours is. */
function open(path: string): Readable {
  const file = createReadStream(path)
  // What fails in the middle ends the last of them with its error, which whoever reads it gets.
  const told = (): void => {}
  return path.toLowerCase().endsWith('.gz')
    ? pipeline(file, createGunzip(), capped(path), told)
    : pipeline(file, capped(path), told)
}

function capped(path: string): Transform {
  let bytes = 0
  return new Transform({
    transform(chunk: Buffer, _encoding, done) {
      bytes += chunk.length
      if (bytes <= limits.importBytes) done(null, chunk)
      else done(new Error(`${path} unpacks to more than 4 GB: import it in parts.`))
    },
  })
}

async function* jsonLines(path: string): AsyncGenerator<RawRow> {
  let number = 0
  for await (const line of linesOf(open(path), limits.importRowBytes)) {
    number++
    if (line === null) yield { number, fields: {}, broken: tooLong }
    else if (line.trim() !== '') yield { number, ...parsed(line) }
  }
}

const tooLong = 'the row is longer than 1 MB'

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
    max_record_size: limits.importRowBytes,
  })
  const source = open(path)
  source.on('error', (error) => parser.destroy(error)).pipe(parser)
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
  if ((await stat(path)).size > limits.geoJsonBytes)
    throw new Error(
      `${path} is larger than 256 MB: write it as JSON lines, which are read one by one.`,
    )
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
