import Supercluster from 'supercluster'
import { type Linked, matchesOf } from '../src/incidents/choose-incident.ts'
import type { LinkFacts } from '../src/incidents/features.ts'
import { fingerprint } from '../src/incidents/fingerprint.ts'
import { thresholds } from '../src/incidents/score-link.ts'
import { SpaceTimeGroups } from '../src/incidents/space-time-groups.ts'
import { metresPerDegree } from '../src/kernel/geo.ts'
import { hasPostgis, startPostgis } from './postgis.ts'
import type { Bench, Prepared } from './side-by-side.ts'

const live = 100_000
const stream = 10_000
/** Six hours of reports, spread over a city of 30 by 30 km about a thousand busy corners. */
const cityMetres = 30_000
const corners = 1000
const hours = 6

/** The same city every time (mulberry32). */
function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

const things = [
  'white van',
  'black SUV',
  'camioneta gris',
  'blue sedan',
  'silver truck',
  'carro rojo',
]
const people = [
  'four masked agents',
  'dos agentes con chaleco',
  'police',
  'three men in green vests',
]
const doings = ['stopped a driver', 'knocked on doors', 'esperan en la esquina', 'arrested a man']
const texts = things.flatMap((thing) =>
  people.flatMap((who) => doings.map((what) => fingerprint(`${thing}, ${who} ${what}`))),
)

interface Report {
  lat: number
  lon: number
  at: Date
  facts: LinkFacts
}

function reportsOf(count: number, seed: number): Report[] {
  const random = numbers(seed)
  const spots = numbers(1)
  const scale = metresPerDegree(40.7)
  const busy = Array.from({ length: corners }, () => [spots(), spots()] as const)
  return Array.from({ length: count }, () => {
    const [x, y] = busy[Math.floor(random() * corners)] as readonly [number, number]
    const lat = 40.5 + (y * cityMetres + random() * 400) / scale.lat
    const lon = -74.1 + (x * cityMetres + random() * 400) / scale.lon
    const at = new Date(1_790_000_000_000 + random() * hours * 3_600_000)
    const text = texts[Math.floor(random() * texts.length)] ?? null
    const facts = {
      lat,
      lon,
      uncertaintyMetres: 100,
      observedAt: at,
      timeUncertaintyMinutes: 10,
      activity: 'stop',
      size: null,
      text,
    }
    return { lat, lon, at, facts }
  })
}

const standing = reportsOf(live, 2)
const coming = reportsOf(stream, 3)

const reachMetres = 200

/** Ms a report of the stream, into these that are live: grouped, its neighbours found, each scored. */
function linkStream(standing: readonly Report[]): number {
  const groups = new SpaceTimeGroups({ metres: reachMetres, minutes: 60, points: 2 })
  for (const report of standing) groups.add(report)
  const linked = standing.map(({ facts }, i) => ({
    incidentId: String(groups.groupOf(i) ?? i),
    facts,
  }))
  const began = performance.now()
  let joined = 0
  for (const report of coming) {
    const index = groups.add(report)
    const candidates = groups.near(index).map((other) => linked[other] as Linked)
    const [best] = matchesOf(report.facts, candidates)
    const joins = best !== undefined && best.probability >= thresholds.join
    linked.push({ incidentId: joins ? best.incidentId : String(index), facts: report.facts })
    if (joins) joined++
  }
  const took = performance.now() - began
  if (joined === 0) throw new Error('No report of the stream joined another: nothing was measured.')
  return took / stream
}

const points = standing.map(({ lat, lon }) => ({
  type: 'Feature' as const,
  properties: {},
  geometry: { type: 'Point' as const, coordinates: [lon, lat] },
}))

/** What clustering again from the start would cost for each report that comes in, in ms. */
function reload(): number {
  const began = performance.now()
  new Supercluster({ radius: 60, maxZoom: 16 }).load(points)
  return performance.now() - began
}

/** PostGIS groups all there are afresh; a fifth of the city, for it takes seconds. */
async function postgis(): Promise<Prepared> {
  const { client, stop } = await startPostgis()
  const few = standing.slice(0, live / 5)
  const scale = metresPerDegree(40.7)
  await client.query('create table points (at geometry)')
  await client.query(
    'insert into points select st_makepoint(x, y) from unnest($1::float8[], $2::float8[]) as p(x, y)',
    [few.map(({ lon }) => lon * scale.lon), few.map(({ lat }) => lat * scale.lat)],
  )
  const grouped = `select count(distinct groups.id) from
    (select st_clusterdbscan(at, ${reachMetres}, 2) over () as id from points) as groups`
  return {
    ours: () => linkStream(few),
    peer: async () => {
      const began = performance.now()
      await client.query(grouped)
      return performance.now() - began
    },
    close: stop,
  }
}

const besidePostgis: Bench = {
  id: 'P2 PostGIS',
  what: `one report into ${live / 5} live ones, beside ST_ClusterDBSCAN over them all`,
  unit: 'ms a report',
  target: { atMost: 0.001 },
  bound: 'As P2. PostGIS has no way to add one point to groups it made.',
  prepare: postgis,
}
if (!hasPostgis())
  console.log(
    'P2 PostGIS is left out: it needs postgresql-15 and postgresql-15-postgis-3 of Debian.',
  )

export const benches: Bench[] = [
  {
    id: 'P2',
    what: `one report into ${live} live ones: grouped, neighbours found and scored, beside supercluster loaded again`,
    unit: 'ms a report',
    target: { atMost: 0.001 },
    bound:
      'The neighbours there are: each is looked at and scored, about half a microsecond for the letters and concepts. Same groups as brute-force DBSCAN: src/incidents/space-time-groups.test.ts.',
    prepare: async () => ({ ours: () => linkStream(standing), peer: reload }),
  },
  ...(hasPostgis() ? [besidePostgis] : []),
]
