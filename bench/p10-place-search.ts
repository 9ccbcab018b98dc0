import { join } from 'node:path'
import { loadCity } from '../src/kernel/city/index.ts'
import { generate } from '../tools/place-queries/generate.ts'
import { readGold } from '../tools/place-queries/gold.ts'
import { peerPostgres } from '../tools/place-queries/peer-postgres.ts'
import { fts5, pgTrgm, writer } from '../tools/place-queries/peers.ts'
import type { Query } from '../tools/place-queries/query.ts'
import { type Finder, tally } from '../tools/place-queries/score.ts'
import type { Bench } from './side-by-side.ts'

const folder = join(import.meta.dirname, '..', 'cities', 'nyc')
/** pg_trgm takes ten milliseconds and more a query: it is asked every 25th. */
const everyPgQuery = 25

async function asked() {
  const [gold, city] = await Promise.all([readGold(folder), loadCity(folder)])
  const ours: Finder = ({ text, lang }) =>
    city.search(text, { lang, limit: 5 }).places.map((place) => ({ ...place, id: place.placeId }))
  return { gold, ours, queries: generate(gold), write: writer(gold.words) }
}

/** Milliseconds a query. */
async function milliseconds(queries: readonly Query[], find: Finder): Promise<number> {
  const from = performance.now()
  for (const query of queries) await find(query)
  return (performance.now() - from) / queries.length
}

/** Right answers that come first, of 100. Counted once: the same queries have the same answers every round. */
function right(queries: readonly Query[], find: Finder): () => Promise<number> {
  const counted = tally(queries, find).then((lines) => 100 * (lines.at(-1)?.hitAt1 ?? 0))
  return () => counted
}

const bound =
  'The pairs of street names that one query may mean, each looked up among its spellings; the areas of the answers.'

/** P10: the same misspelt queries to our search, SQLite's FTS5 by prefix, and pg_trgm's nearest. */
export const benches: readonly Bench[] = [
  {
    id: 'P10 fts5',
    what: 'Place search with typing errors against FTS5 prefix without, ms a query',
    unit: 'ms',
    target: { atMost: 2 },
    bound,
    async prepare() {
      const { gold, ours, queries, write } = await asked()
      const peer = fts5(gold, write, 'prefix')
      return {
        ours: () => milliseconds(queries, ours),
        peer: () => milliseconds(queries, peer.find),
        close: () => peer.close(),
      }
    },
  },
  {
    id: 'P10 fts5 hits',
    what: 'Right answers that come first, of 100, against FTS5 prefix',
    unit: '%',
    target: { atLeast: 1 },
    bound: 'Queries that several places answer equally well.',
    async prepare() {
      const { gold, ours, queries, write } = await asked()
      const peer = fts5(gold, write, 'prefix')
      return {
        ours: right(queries, ours),
        peer: right(queries, peer.find),
        close: () => peer.close(),
      }
    },
  },
  {
    id: 'P10 pg_trgm',
    what: 'Place search against pg_trgm nearest by GiST, ms a query',
    unit: 'ms',
    target: { atMost: 1 / 30 },
    bound,
    async prepare() {
      const { gold, ours, queries, write } = await asked()
      const some = queries.filter((_, i) => i % everyPgQuery === 0)
      const { client, close } = await peerPostgres()
      const peer = await pgTrgm(gold, write, client)
      return { ours: () => milliseconds(some, ours), peer: () => milliseconds(some, peer), close }
    },
  },
  {
    id: 'P10 pg_trgm hits',
    what: 'Right answers that come first, of 100, against pg_trgm',
    unit: '%',
    target: { atLeast: 1 },
    bound: 'Queries that several places answer equally well.',
    async prepare() {
      const { gold, ours, queries, write } = await asked()
      const some = queries.filter((_, i) => i % everyPgQuery === 0)
      const { client, close } = await peerPostgres()
      const peer = await pgTrgm(gold, write, client)
      return { ours: right(some, ours), peer: right(some, peer), close }
    },
  },
]
