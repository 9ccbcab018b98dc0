import { once } from 'node:events'
import { createReadStream, createWriteStream } from 'node:fs'
import { pipeline as pipeInto, Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import type pg from 'pg'
import { from as copyFrom, to as copyTo } from 'pg-copy-streams'
import type { Kernel } from '../kernel/kernel.ts'
import { linesOf } from '../kernel/lines.ts'
import { tables } from '../schema.ts'
import { version } from '../version.ts'
import { withApp } from './session.ts'

/** The first line of a backup says what it is. */
const format = 'porchlight-backup 1'

/** What is copied: everything but the record of migrations, which the restoring release makes. */
const names = Object.keys(tables).filter((table) => table !== 'migrations')

/**
 * `porchlight backup FILE`: every table as PostgreSQL's own COPY text in one gzip file, read in one
 * snapshot. Independent of the server's version: it is how a major version is changed.
 */
export async function backup(file: string, flags: Record<string, unknown>): Promise<void> {
  await withApp(flags, async ({ pool }) => {
    const client = await pool.connect()
    const out = createGzip()
    const written = pipeline(out, createWriteStream(file, { mode: 0o600, flags: 'wx' }))
    try {
      await client.query('begin isolation level repeatable read read only')
      out.write(`${format} ${version}\n`)
      for (const table of names) await writeTable(client, table, out)
      out.end()
      await written
    } finally {
      await client.query('rollback').catch(() => {})
      client.release()
    }
    console.log(`Everything is in ${file}. It holds restricted data: keep it as you keep the keys.`)
  })
}

async function writeTable(
  client: pg.PoolClient,
  table: string,
  out: NodeJS.WritableStream,
): Promise<void> {
  const { rows } = await client.query<{ column_name: string }>(
    "select column_name from information_schema.columns where table_schema = 'public' and table_name = $1 order by ordinal_position",
    [table],
  )
  out.write(`table ${table} ${rows.map((row) => row.column_name).join(' ')}\n`)
  const source = client.query(copyTo(`copy ${table} to stdout`))
  for await (const chunk of source) if (!out.write(chunk)) await once(out, 'drain')
  out.write('\\.\n')
}

/** `porchlight restore FILE`: reads a backup into an empty database, all or nothing. */
export async function restore(file: string, flags: Record<string, unknown>): Promise<void> {
  await withApp(flags, async ({ pool, kernel }) => {
    await refuseIfUsed(kernel)
    const client = await pool.connect()
    try {
      await client.query('begin')
      await client.query(`truncate ${names.join(', ')} cascade`)
      await readTables(client, file)
      await client.query(resetIdentities)
      await resumeJobs(client)
      await client.query('commit')
    } catch (error) {
      await client.query('rollback')
      throw error
    } finally {
      client.release()
    }
    console.log('The backup is restored.')
  })
}

async function refuseIfUsed({ db }: Kernel): Promise<void> {
  const used = await db.selectFrom('events').select('seq').limit(1).executeTakeFirst()
  if (used)
    throw new Error(
      'This database is in use: restore into a new one (an empty --data folder, or another DATABASE_URL).',
    )
}

async function readTables(client: pg.PoolClient, file: string): Promise<void> {
  const lines = linesOf(pipeInto(createReadStream(file), createGunzip(), () => {}))
  const first = await lines.next()
  if (first.done || !first.value?.startsWith(format))
    throw new Error(`${file} is not a backup of Porchlight.`)
  for (let line = await lines.next(); !line.done; line = await lines.next())
    await pipeline(Readable.from(rowsOf(lines, file)), copyInto(client, line.value ?? ''))
}

/** The rows of one table, up to its end mark. */
async function* rowsOf(lines: AsyncGenerator<string | null>, file: string): AsyncGenerator<string> {
  for (let line = await lines.next(); ; line = await lines.next()) {
    if (line.done) throw new Error(`${file} is cut short.`)
    if (line.value === null)
      throw new Error(`${file} holds a row that no table has: it is too long.`)
    if (line.value === '\\.') return
    yield `${line.value}\n`
  }
}

function copyInto(client: pg.PoolClient, line: string): NodeJS.WritableStream {
  const [word, table = '', ...columns] = line.split(' ')
  if (word !== 'table' || !names.includes(table))
    throw new Error(`The backup holds something this release does not know: ${line.slice(0, 60)}.`)
  const list = columns.map((column) => `"${column.replaceAll('"', '')}"`).join(', ')
  return client.query(copyFrom(`copy ${table} (${list}) from stdin`))
}

/** Numbers given out from now on follow the restored ones. */
const resetIdentities = `
  select setval(pg_get_serial_sequence('events', 'seq'), (select coalesce(max(seq), 0) + 1 from events), false),
         setval(pg_get_serial_sequence('audit_entries', 'seq'), (select coalesce(max(seq), 0) + 1 from audit_entries), false)`

/** Jobs are not in a backup: what was accepted and not yet linked or published is asked for again. */
async function resumeJobs(client: pg.PoolClient): Promise<void> {
  await client.query(
    "select graphile_worker.add_job('incidents:link', '{}'::json, queue_name => 'linking')",
  )
  await client.query(`
    select graphile_worker.add_job('openness:publish',
      (data || jsonb_build_object('eventId', id, 'streamId', stream_id))::json, queue_name => 'openness')
    from events where type = 'incident.published' and id not in (select id from publications) order by seq`)
}
