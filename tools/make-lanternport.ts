// Draws Lanternport, an invented harbour city for tests, the demo and screenshots. Same output every time.
// Usage: node tools/make-lanternport.ts cities/lanternport   (pack.json itself is written by hand; row counts are updated)
import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import {
  AVENUES,
  BOROUGHS,
  NEIGHBOURHOODS,
  PLACES,
  STATIONS,
  STREETS,
  ZIPS,
} from './lanternport/names.ts'

const to = process.argv[2]
if (!to) {
  console.error('Usage: node tools/make-lanternport.ts <folder of the pack>')
  process.exit(1)
}
type Pair = [lon: number, lat: number]
type Cell = [west: number, south: number, east: number, north: number]

const WEST = -58.34
const SOUTH = 41.18
const WIDTH = 0.08
const HEIGHT = 0.05
const STEPS = 12

/** From the unit square to the sea: a wavy coast in the south, streets slightly out of true everywhere. */
function warp(u: number, v: number): Pair {
  const coast = (1 - v) * (0.05 * Math.sin(u * 7) + 0.04 * Math.sin(u * 17 + 1))
  const lean = 0.02 * Math.sin(v * 5) + 0.008 * Math.sin(u * 23 + v * 11)
  return [round(WEST + WIDTH * (u + lean)), round(SOUTH + HEIGHT * (v + coast))]
}
const round = (n: number) => Math.round(n * 1e6) / 1e6

/** Grid lines lie inside the city, so that no street runs along an edge of the land. */
const line = (i: number) => (i + 0.5) / STEPS
const corner = (street: number, avenue: number) => warp(line(street), line(avenue))

/** Corners of the outline sampled at twelfths, so that neighbours share every point and no gap opens. */
function outline([west, south, east, north]: Cell): Pair[] {
  const along = (from: number, end: number) => {
    const n = Math.round(Math.abs(end - from) * STEPS)
    return Array.from({ length: n }, (_, i) => from + ((end - from) * i) / n).map(
      (x) => Math.round(x * STEPS) / STEPS,
    )
  }
  const ring = [
    ...along(west, east).map((u) => warp(u, south)),
    ...along(south, north).map((v) => warp(east, v)),
    ...along(east, west).map((u) => warp(u, north)),
    ...along(north, south).map((v) => warp(west, v)),
  ]
  return [...ring, ring[0] as Pair]
}

const rows = new Map<string, number>()
const write = (file: string, text: string, count: number) => {
  writeFileSync(join(to, file), text)
  rows.set(file, count)
}
const table = (file: string, header: string, body: (string | number)[][]) =>
  write(file, `${[header, ...body.map((row) => row.join(','))].join('\n')}\n`, body.length)
const geojson = (file: string, features: unknown[]) =>
  write(
    file,
    `{"type":"FeatureCollection","features":[\n${features.map((f) => JSON.stringify(f)).join(',\n')}\n]}\n`,
    features.length,
  )
const area = ({ cell, ...properties }: { cell: Cell }) => ({
  type: 'Feature',
  properties,
  geometry: { type: 'Polygon', coordinates: [outline(cell)] },
})
const boroughOf = (avenue: number) =>
  line(avenue) < 0.5 ? 'borough-harbourside' : 'borough-hillside'

mkdirSync(join(to, 'areas'), { recursive: true })
geojson('areas/boroughs.geojson', BOROUGHS.map(area))
geojson('areas/neighbourhoods.geojson', NEIGHBOURHOODS.map(area))
geojson('areas/zips.geojson', ZIPS.map(area))

// Two streets stop at the water before the lowest avenue, as in any harbour.
const meets = (street: number, avenue: number) => avenue > 0 || (street !== 3 && street !== 8)
const grid = STREETS.flatMap((_, s) => AVENUES.map((_, a): [number, number] => [s, a])).filter(
  ([s, a]) => meets(s, a),
)
table(
  'corners.csv',
  'street_a,street_b,within,lat,lon',
  grid.map(([s, a]) => {
    const [lon, lat] = corner(s, a)
    return [STREETS[s] as string, AVENUES[a] as string, boroughOf(a), lat, lon]
  }),
)

/** A street crosses both boroughs and is then listed in each; an avenue lies in one. */
function streetLines(): { name: string; within: string; points: Pair[] }[] {
  const half = STEPS / 2
  const all = [...Array(STEPS).keys()]
  return [
    ...STREETS.flatMap((name, s) =>
      [all.slice(0, half), all.slice(half)].map((avenues) => {
        const used = avenues.filter((a) => meets(s, a))
        return { name, within: boroughOf(used[0] as number), points: used.map((a) => corner(s, a)) }
      }),
    ),
    ...AVENUES.map((name, a) => ({
      name,
      within: boroughOf(a),
      points: all.filter((s) => meets(s, a)).map((s) => corner(s, a)),
    })),
  ]
}
const streets = streetLines()
table(
  'streets.csv',
  'name,within,lat,lon,west,south,east,north',
  streets.map(({ name, within, points }) => {
    const lons = points.map(([lon]) => lon)
    const lats = points.map(([, lat]) => lat)
    const [lon, lat] = points[Math.floor(points.length / 2)] as Pair
    return [
      name,
      within,
      lat,
      lon,
      Math.min(...lons),
      Math.min(...lats),
      Math.max(...lons),
      Math.max(...lats),
    ]
  }),
)

const placeAt = (street: number, avenue: number) => {
  const [lon, lat] = warp(line(street), line(avenue))
  return [boroughOf(Math.floor(avenue)), lat, lon] as const
}
table('places.csv', 'kind,name,within,lat,lon,lines,aliases,uncertainty_metres', [
  ...STATIONS.map(({ name, at, lines }) => [
    'station',
    name,
    ...placeAt(...at),
    lines.join(' '),
    '',
    80,
  ]),
  ...PLACES.map(({ kind, name, at, lines, metres }) => [
    kind,
    name,
    ...placeAt(...at),
    lines ?? '',
    '',
    metres,
  ]),
])

const segments = streets.flatMap(({ name, points }) =>
  points.slice(1).map((end, i) => ({
    street: name,
    mph: name.endsWith('Boulevard') ? 30 : 20,
    line: [points[i], end],
  })),
)
write(
  'street-lines.ndjson',
  `${segments.map((s) => JSON.stringify(s)).join('\n')}\n`,
  segments.length,
)
geojson(
  'subway-lines.geojson',
  [
    ['1', '#b8860b'],
    ['2', '#2f6f8f'],
  ].map(([name, color]) => ({
    type: 'Feature',
    properties: { name: `Line ${name}`, color },
    geometry: {
      type: 'LineString',
      coordinates: STATIONS.filter((s) => s.lines.includes(name as string)).map((s) =>
        corner(...s.at),
      ),
    },
  })),
)

const packPath = join(to, 'pack.json')
const pack = JSON.parse(readFileSync(packPath, 'utf8'))
for (const set of pack.datasets) set.rows = rows.get(set.file) ?? set.rows
writeFileSync(packPath, `${JSON.stringify(pack, null, 2)}\n`)
console.log(Object.fromEntries(rows))
