// Stations, stops, parks, piers, precinct houses and neighbourhood names of New York.
import { readCsv } from '../../src/kernel/city/csv.ts'
import { distanceMetres } from '../../src/kernel/geo.ts'
import { boroughId } from './boroughs.ts'
import { landmarks, type Spot } from './landmarks.ts'

const SAME_PLACE_METRES = 150
const KINDS: Record<string, { kind: string; metres: number }> = {
  subway_station: { kind: 'station', metres: 80 },
  bus_stop: { kind: 'bus-stop', metres: 40 },
  park: { kind: 'park', metres: 250 },
  police_station: { kind: 'police', metres: 60 },
  neighbourhood: { kind: 'neighbourhood', metres: 800 },
  lirr_station: { kind: 'rail', metres: 120 },
  mnr_station: { kind: 'rail', metres: 120 },
  airtrain_station: { kind: 'rail', metres: 120 },
  path_station: { kind: 'rail', metres: 120 },
  ferry_landing: { kind: 'ferry', metres: 80 },
}
const RAILWAYS: Record<string, string> = {
  lirr_station: 'LIRR',
  mnr_station: 'Metro-North',
  airtrain_station: 'AirTrain',
  path_station: 'PATH',
}
/** Names that say nothing: 121 parks are called "Park". */
const NAMELESS = new Set([
  'Park',
  'Garden',
  'Lot',
  'Sitting Area',
  'Triangle',
  'Plaza',
  'Playground',
  'Community Garden',
  'Mall',
  'Strip',
  'Malls',
])
/** GeoNames repeats the boroughs, which are areas. */
const BOROUGH_NAMES = new Set([
  'Manhattan',
  'Brooklyn',
  'Queens',
  'Staten Island',
  'The Bronx',
  'New York City',
])

/** Rows for places.csv; `corners` (rows of corners.csv) place the landmarks. */
export function placeRows(text: string, corners: string[][]): string[][] {
  const [header = [], ...rows] = readCsv(text)
  const column = (name: string) => header.indexOf(name)
  const [kind, name, lat, lon, borough, nta, ntaName, lines] = [
    'kind',
    'name',
    'lat',
    'lng',
    'borough',
    'nta2010',
    'nta_name',
    'lines',
  ].map(column) as [number, number, number, number, number, number, number, number]
  const spots = rows.flatMap((row) => {
    const cell = (i: number) => row[i] ?? ''
    const within = cell(nta) || cell(kind) !== 'ferry_landing' ? boroughId(cell(borough)) : ''
    return toSpot(
      cell(kind),
      cell(name),
      within,
      Number(cell(lat)),
      Number(cell(lon)),
      cell(lines),
      cell(ntaName),
    )
  })
  return [...mergeTwins(spots), ...landmarks(corners)].map((spot) => [
    spot.kind,
    spot.name,
    spot.within,
    spot.lat.toFixed(6),
    spot.lon.toFixed(6),
    spot.lines.join(' '),
    spot.aliases.join('|'),
    String(spot.metres),
  ])
}

function toSpot(
  raw: string,
  rawName: string,
  within: string,
  lat: number,
  lon: number,
  lines: string,
  ntaName: string,
): Spot[] {
  const known = KINDS[raw]
  const name = known && nameOf(raw, rawName)
  // Commuter stops outside the five boroughs are of no use here; piers stand in the water and have no borough.
  if (!known || !name || (!within && known.kind !== 'ferry')) return []
  if (known.kind === 'neighbourhood' && (BOROUGH_NAMES.has(name) || name === ntaName)) return []
  const railway = RAILWAYS[raw]
  return [
    {
      ...known,
      name,
      within,
      lat,
      lon,
      lines: railway ? [railway] : lines.split(' ').filter(Boolean),
      aliases: aliasesOf(known.kind, name),
    },
  ]
}

function nameOf(raw: string, name: string): string | undefined {
  if (raw === 'park') return NAMELESS.has(name) ? undefined : name
  if (raw !== 'police_station') return name
  // The federal list also holds jails, campus guards and task forces; only precinct houses help a neighbour.
  const number = /(?:^|\s)(\d+)\s?(?:st|nd|rd|th) Precinct(?! Rockaway)|Precinct (\d+)$/i.exec(name)
  if (number) return `${ordinal(Number(number[1] ?? number[2]))} Precinct`
  const other = /(Transit District \d+|Police Service Area \d+$)/.exec(name)
  return other?.[1]
}

function aliasesOf(kind: string, name: string): string[] {
  if (kind !== 'station' && kind !== 'rail' && kind !== 'ferry') return []
  const parts = name.split(/\s*[-/]\s*/).filter((part) => part.length > 2)
  return parts.length > 1 ? parts : []
}

/** Two entrances or two directions of one stop are one place, with the lines of both. */
function mergeTwins(spots: Spot[]): Spot[] {
  const groups = Map.groupBy(spots, (spot) => `${spot.kind}|${spot.name}|${spot.within}`)
  const merged: Spot[] = []
  for (const group of groups.values()) {
    const kept: Spot[] = []
    for (const spot of group) {
      const twin = kept.find((other) => distanceMetres(other, spot) < SAME_PLACE_METRES)
      if (twin) twin.lines = [...new Set([...twin.lines, ...spot.lines])].sort()
      else kept.push({ ...spot })
    }
    merged.push(...kept)
  }
  return merged
}

function ordinal(n: number): string {
  const teen = n % 100 >= 11 && n % 100 <= 13
  return `${n}${(teen ? undefined : ['th', 'st', 'nd', 'rd'][n % 10]) ?? 'th'}`
}
