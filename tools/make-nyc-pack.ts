// Builds the datasets of cities/nyc from the raw public data, the same bytes each time.
// Usage: node tools/make-nyc-pack.ts ../shared/data/nyc cities/nyc
// Row counts in pack.json are brought up to date; everything else in it is written by hand.
import { copyFileSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { areaFiles } from './nyc/areas.ts'
import { placeRows } from './nyc/places.ts'
import { cornerRows, streetRows } from './nyc/streets.ts'

const [from, to] = process.argv.slice(2)
if (!from || !to) {
  console.error('Usage: node tools/make-nyc-pack.ts <folder of raw data> <folder of the pack>')
  process.exit(1)
}
mkdirSync(join(to, 'areas'), { recursive: true })

const rows = new Map<string, number>()
const read = (file: string) => {
  const bytes = readFileSync(join(from, file))
  return (file.endsWith('.gz') ? gunzipSync(bytes) : bytes).toString('utf8')
}
// gzip without a time stamp (Node writes none), so that the same data is the same file.
const write = (file: string, text: string, count: number) => {
  writeFileSync(join(to, file), gzipSync(text, { level: 9 }))
  rows.set(file, count)
  console.log(`${file}: ${count} rows`)
}
const writeTable = (file: string, header: string, table: string[][]) => {
  write(
    file,
    [header, ...table.map((row) => row.map(cell).join(','))].join('\n').concat('\n'),
    table.length,
  )
}
const cell = (text: string) => (/[",\n]/.test(text) ? `"${text.replaceAll('"', '""')}"` : text)

for (const { file, features } of areaFiles(read)) {
  write(file, JSON.stringify({ type: 'FeatureCollection', features }), features.length)
}
const corners = cornerRows(read('intersections.csv.gz'))
writeTable('corners.csv.gz', 'street_a,street_b,within,lat,lon', corners)
writeTable(
  'streets.csv.gz',
  'name,within,lat,lon,west,south,east,north',
  streetRows(read('streets.csv.gz')),
)
const places = placeRows(read('places.csv.gz'), corners)
writeTable('places.csv.gz', 'kind,name,within,lat,lon,lines,aliases,uncertainty_metres', places)

for (const [raw, file] of [
  ['street_lines.ndjson.gz', 'street-lines.ndjson.gz'],
  ['subway_lines.geojson.gz', 'subway-lines.geojson.gz'],
] as const) {
  copyFileSync(join(from, raw), join(to, file))
  const text = read(raw)
  rows.set(
    file,
    file.includes('ndjson') ? text.trimEnd().split('\n').length : JSON.parse(text).features.length,
  )
}

const packPath = join(to, 'pack.json')
const pack = JSON.parse(readFileSync(packPath, 'utf8'))
for (const set of pack.datasets) set.rows = rows.get(set.file) ?? set.rows
writeFileSync(packPath, `${JSON.stringify(pack, null, 2)}\n`)
