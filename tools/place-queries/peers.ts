// What one would use instead: SQLite FTS5 and PostgreSQL's pg_trgm, each given our own folding and abbreviations,
// so that only the matching differs.
import { DatabaseSync } from 'node:sqlite'
import type pg from 'pg'
import { makeTokeniser } from '../../src/kernel/city/search/normalise.ts'
import { JOINERS } from '../../src/kernel/city/search/words.ts'
import type { Gold, Target } from './gold.ts'
import type { Query } from './query.ts'
import type { Finder } from './score.ts'

interface Row extends Target {
  text: string
}

/** Writes a text in the words that the peers index. */
export type Write = (text: string) => string

/** Lower case, unaccented, "street" as "st", "82nd" as "82"; "and" and "corner of" left out; the pack's own words included. */
export function writer(words: Record<string, string>): Write {
  const tokenise = makeTokeniser({ words })
  return (text) =>
    tokenise(text)
      .filter(
        ({ raw, text: word }) =>
          /[\p{L}\p{N}]/u.test(word) && !(JOINERS.has(raw) && raw.length > 1),
      )
      .map((token) => token.text)
      .join(' ')
}

/** `areas`: with neighbourhood and ZIP. Words that must all be there need them; a distance grows with every one. */
function rowsOf(gold: Gold, write: Write, areas: boolean): Row[] {
  const corners = gold.corners.map(({ id, lat, lon, a, b, borough, neighbourhood, zip }) => ({
    id,
    lat,
    lon,
    text: write(`${a} ${b} ${borough}${areas ? ` ${neighbourhood} ${zip}` : ''}`),
  }))
  const rest = [...gold.streets, ...gold.named].map(
    ({ id, lat, lon, name, kind, borough, lines }) => ({
      id,
      lat,
      lon,
      text: write(`${name} ${borough} ${lines} ${kind === 'station' ? 'station' : ''}`),
    }),
  )
  return [...corners, ...rest]
}

/** FTS5 with `prefix` (all words must be there, the last may be unfinished) or `trigram` (any three letters; ranked). */
export function fts5(
  gold: Gold,
  write: Write,
  tokenizer: 'prefix' | 'trigram',
): { find: Finder; close(): void } {
  const rows = rowsOf(gold, write, tokenizer === 'prefix')
  const database = new DatabaseSync(':memory:')
  const how = tokenizer === 'prefix' ? "tokenize='unicode61', prefix='2 3 4'" : "tokenize='trigram'"
  database.exec(`create virtual table places using fts5(text, ${how})`)
  const insert = database.prepare('insert into places(rowid, text) values (?, ?)')
  database.exec('begin')
  rows.forEach((row, i) => void insert.run(i + 1, row.text))
  database.exec('commit')
  database.exec("insert into places(places) values ('optimize')")
  const select = database.prepare(
    'select rowid from places where places match ? order by rank limit 5',
  )
  const match = tokenizer === 'prefix' ? prefixMatch : trigramMatch
  const find = ({ text }: Query): Target[] => {
    const wanted = match(write(text))
    return wanted ? select.all(wanted).map((found) => rows[Number(found.rowid) - 1] as Row) : []
  }
  return { find, close: () => database.close() }
}

const quoted = (part: string) => `"${part.replaceAll('"', '')}"`

/** As a search box asks: every word whole, the last perhaps unfinished. */
const prefixMatch = (words: string): string =>
  words
    .split(' ')
    .filter(Boolean)
    .map((word, i, all) => (i === all.length - 1 ? `${quoted(word)}*` : quoted(word)))
    .join(' ')

/** Any trigram of the words: a typing error spoils three of them and leaves the rest. */
function trigramMatch(words: string): string {
  const parts = new Set<string>()
  for (let i = 0; i + 3 <= words.length; i++) parts.add(words.slice(i, i + 3))
  return [...parts].map(quoted).join(' OR ')
}

/** pg_trgm's nearest by `<->` with a GiST index. */
export async function pgTrgm(gold: Gold, write: Write, client: pg.Client): Promise<Finder> {
  const rows = rowsOf(gold, write, false)
  await client.query('create extension if not exists pg_trgm')
  await client.query('create temporary table peer_places (number int, text text)')
  for (let from = 0; from < rows.length; from += 5000) {
    const some = rows.slice(from, from + 5000)
    await client.query('insert into peer_places select * from unnest($1::int[], $2::text[])', [
      some.map((_, i) => from + i),
      some.map((row) => row.text),
    ])
  }
  await client.query('create index on peer_places using gist (text gist_trgm_ops(siglen=64))')
  await client.query('analyze peer_places')
  return async ({ text }) => {
    const { rows: found } = await client.query({
      name: 'nearest',
      text: 'select number from peer_places order by text <-> $1 limit 5',
      values: [write(text)],
    })
    return found.map(({ number }) => rows[number] as Row)
  }
}
