// How often the right place comes first: node tools/place-queries/evaluate.ts [--peers] [--missed KIND] [--each N]
// Prints hit@1 and hit@5 of every kind of query for New York. With --peers every eighth query also goes to SQLite FTS5
// and pg_trgm.
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { loadCity } from '../../src/kernel/city/index.ts'
import { generate } from './generate.ts'
import { readGold } from './gold.ts'
import { handMade } from './hand-made.ts'
import { peerPostgres } from './peer-postgres.ts'
import { fts5, pgTrgm, writer } from './peers.ts'
import type { Query } from './query.ts'
import { type Finder, type Tally, tally } from './score.ts'

const { values } = parseArgs({
  options: {
    peers: { type: 'boolean', default: false },
    missed: { type: 'string' },
    each: { type: 'string', default: '480' },
    seed: { type: 'string', default: '20261124' },
  },
})
const folder = join(import.meta.dirname, '..', '..', 'cities', 'nyc')
const gold = await readGold(folder)
const queries = [
  ...generate(gold, { seed: Number(values.seed), each: Number(values.each) }),
  ...handMade(gold),
]
const city = await loadCity(folder)
const ours: Finder = ({ text, lang, near }) =>
  city
    .search(text, { lang, limit: 5, near })
    .places.map(({ placeId, lat, lon }) => ({ id: placeId, lat, lon }))

const tallies: [name: string, tally: Tally[]][] = [['ours', await tally(queries, ours, tellMiss)]]
if (values.peers) await askPeers()
print()

function tellMiss(query: Query, answers: readonly { id: string }[], place: number): void {
  if (query.kind !== values.missed) return
  const found = answers.slice(0, 2).map(({ id }) => id)
  console.log(
    `${place < 0 ? '-' : place + 1}\t${query.text}\t${query.gold[0]?.id}\t${found.join('  ')}`,
  )
}

async function askPeers(): Promise<void> {
  // Trigrams take 50 ms a query.
  const some = queries.filter((_, i) => i % 8 === 0)
  tallies[0] = ['ours', await tally(some, ours, tellMiss)]
  const write = writer(gold.words)
  for (const tokenizer of ['prefix', 'trigram'] as const) {
    const peer = fts5(gold, write, tokenizer)
    tallies.push([`FTS5 ${tokenizer}`, await tally(some, peer.find)])
    peer.close()
  }
  const { client, close } = await peerPostgres()
  tallies.push(['pg_trgm', await tally(some, await pgTrgm(gold, write, client))])
  await close()
}

function print(): void {
  const percent = (share: number) => (100 * share).toFixed(1).padStart(6)
  console.log(
    `${'kind'.padEnd(22)}${'queries'.padStart(8)}${tallies.map(([name]) => name.padStart(16)).join('')}`,
  )
  for (const [i, { kind, queries: count }] of (tallies[0] as [string, Tally[]])[1].entries()) {
    const cells = tallies.map(([, list]) =>
      `${percent(list[i]?.hitAt1 ?? 0)} ${percent(list[i]?.hitAt5 ?? 0)}`.padStart(16),
    )
    console.log(`${kind.padEnd(22)}${String(count).padStart(8)}${cells.join('')}`)
  }
}
