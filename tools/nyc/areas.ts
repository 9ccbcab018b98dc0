// The six kinds of area of New York, each with the ids and names the pack uses.
import { BOROUGHS, boroughId, boroughIdOf } from './boroughs.ts'

type Properties = Record<string, string | number>
interface RawFeature {
  properties: Properties
  geometry: unknown
}
interface Feature {
  type: 'Feature'
  properties: Record<string, unknown>
  geometry: unknown
}
type Describe = (raw: Properties) => Record<string, unknown> | undefined

/** What people call areas whose official names join several: "Hudson Yards-Chelsea-Flatiron-Union Square". */
const NEVER_SPLIT = new Set(['Co-op City'])
const EXTRA_ALIASES: Record<string, string[]> = {
  BK35: ['Bedford-Stuyvesant'],
  BK75: ['Bedford-Stuyvesant'],
  MN15: ["Hell's Kitchen"],
  QN98: ['JFK Airport', 'JFK'],
}
const CITY_PARTS: Record<string, string> = { '99': 'Parks and cemeteries', '98': 'Airports' }

const describe: [raw: string, file: string, Describe][] = [
  ['boroughs.geojson', 'areas/boroughs.geojson.gz', borough],
  ['nta_2010.geojson', 'areas/neighbourhoods.geojson.gz', neighbourhood],
  ['modzcta.geojson', 'areas/zips.geojson.gz', zip],
  ['community_districts.geojson', 'areas/community-districts.geojson.gz', communityDistrict],
  ['council_districts_2023.geojson', 'areas/council-districts.geojson.gz', councilDistrict],
  ['police_precincts_2013.geojson', 'areas/precincts.geojson.gz', precinct],
]

/** Every area file of the pack; `read` gives the text of a raw file. */
export function areaFiles(read: (file: string) => string): { file: string; features: Feature[] }[] {
  return describe.map(([raw, file, properties]) => {
    const { features } = JSON.parse(read(raw)) as { features: RawFeature[] }
    return { file, features: features.flatMap((feature) => toFeature(feature, properties)) }
  })
}

function toFeature(raw: RawFeature, properties: Describe): Feature[] {
  const described = properties(raw.properties)
  return described ? [{ type: 'Feature', properties: described, geometry: raw.geometry }] : []
}

function borough(raw: Properties) {
  const id = boroughId(String(raw.name))
  return { id, ...BOROUGHS[id] }
}

function neighbourhood(raw: Properties) {
  const code = String(raw.nta2010)
  const parent = boroughIdOf(Number(raw.borough_code))
  const boroughName = BOROUGHS[parent]?.name ?? ''
  const part = code === 'BX98' ? undefined : CITY_PARTS[code.slice(2)]
  const name = part ? `${part}, ${boroughName}` : String(raw.name)
  return {
    id: `nta-${code}`,
    name,
    parent,
    aliases: part ? (EXTRA_ALIASES[code] ?? []) : aliasesOf(name, EXTRA_ALIASES[code] ?? []),
  }
}

function aliasesOf(name: string, extra: string[]): string[] {
  const parts = NEVER_SPLIT.has(name) || !name.includes('-') ? [] : name.split('-')
  const plain = name.replace(/ \(.*\)$/, '').replace(/ (North|South|East|West)$/, '')
  const shortened = plain !== name && !name.includes('-') ? [plain] : []
  return [...new Set([...parts, ...shortened, ...extra])].filter((alias) => alias !== name)
}

function zip(raw: Properties) {
  const code = String(raw.modzcta)
  // 99999 is the water and the parks that have no ZIP.
  if (code === '99999') return undefined
  const merged = `${raw.zcta}, ${raw.label}`
    .split(/,\s*/)
    .filter((other) => other !== '' && other !== code)
  return {
    id: `zip-${code}`,
    name: code,
    population: Number(raw.population_estimate),
    aliases: [...new Set(merged)].sort(),
  }
}

function communityDistrict(raw: Properties) {
  const number = Number(raw.district_number)
  const parent = boroughIdOf(Math.floor(Number(raw.boro_cd) / 100))
  const name = `${BOROUGHS[parent]?.name} Community District ${number}`
  return { id: `cd-${raw.boro_cd}`, name, parent, aliases: [] }
}

function councilDistrict(raw: Properties) {
  return {
    id: `council-${raw.district_number}`,
    name: `City Council District ${raw.district_number}`,
    aliases: [],
  }
}

function precinct(raw: Properties) {
  const number = Number(raw.precinct)
  return { id: `precinct-${number}`, name: `${number}${ordinal(number)} Precinct`, aliases: [] }
}

function ordinal(n: number): string {
  if (n % 100 >= 11 && n % 100 <= 13) return 'th'
  return ['th', 'st', 'nd', 'rd'][n % 10] ?? 'th'
}
