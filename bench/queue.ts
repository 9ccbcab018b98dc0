import { rmSync } from 'node:fs'
import { join } from 'node:path'
import pg from 'pg'
import { migrateDatabase } from '../src/commands/session.ts'
import { ownDatabase, served, throwaway } from './served.ts'
import { run } from './wrk.ts'

// `node bench/queue.ts`: how long the desk waits for its queue while 10,000 junk incidents are live, in groups
// of the same words and in none. Rows are put in by SQL; the queue is asked over HTTP as a desk page asks. No peer.
const root = join(import.meta.dirname, '..')
const incidents = 10_000
const asked = 40

/** Junk of so many hands; 0 for words that are all different. */
const fill = (hands: number): string => `
  with made as (
    insert into reports (id, source, activity, observed_at, time_uncertainty_minutes, received_at, first_hand, place_kind,
      cell, area_ids, media_count, receipt_hash, created_at, ranked_last)
    select gen_random_uuid(), 'api', 'patrol', now(), 5, now(), true, 'street', '882a' || n % 400, '{}', 0, gen_random_uuid()::text,
      now(), true from generate_series(1, ${incidents}) n
    returning id
  ), numbered as (select id, row_number() over () as n from made), opened as (
    insert into incidents (id, status, activity, place_kind, cell, area_ids, last_observed_at, last_report_at, report_count, harm, revision,
      created_at, ranked_last, alike)
    select 'J' || n, 'open', 'patrol', 'street', '882a100d6bfffff', '{}', now() - n * interval '1 second', now(), 1, 1, 0, now(), true,
      ${hands === 0 ? "'of ' || n" : `'of ' || n % ${hands}`} from numbered
  )
  insert into incident_reports (report_id, incident_id, linked_by, reasons, created_at)
  select id, 'J' || n, 'first', '[]', now() from numbered`

const server = await ownDatabase()
const data = throwaway('queue')
const flags = ['--data', data, '--city', 'lanternport', '--database-url', server.url]
await migrateDatabase(server.url)
const program = await served('src/main.ts', ['serve', ...flags])
const client = new pg.Client({ connectionString: server.url })
await client.connect()
try {
  const who = ['--role', 'operator', '--organisation', 'Bench', '--person', 'Bench']
  const printed = await run(process.execPath, [
    join(root, 'src/main.ts'),
    'token',
    ...who,
    ...flags,
  ])
  const headers = { authorization: `Bearer ${printed.trim().split(/\s+/).at(-1)}` }
  for (const hands of [6, 0]) {
    await client.query('truncate reports, incidents, events cascade')
    await client.query("set session_replication_role = 'replica'")
    await client.query(fill(hands))
    await client.query('analyze')
    const took: number[] = []
    let rows = 0
    for (let n = 0; n < asked; n++) {
      const since = performance.now()
      const answer = await (await fetch(`${program.url}/api/v1/desk/queue`, { headers })).json()
      took.push(performance.now() - since)
      rows = answer.incidents.length
    }
    took.sort((a, b) => a - b)
    const at = (share: number): string => (took[Math.floor(asked * share)] ?? 0).toFixed(0)
    console.log(
      `${incidents} junk incidents of ${hands || incidents} hands: ${rows} rows, median ${at(0.5)} ms, p95 ${at(0.95)} ms`,
    )
  }
} finally {
  await client.end()
  await program.stop()
  await server.stop()
  rmSync(data, { recursive: true, force: true })
}
