import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { startEmbedded } from '../../src/kernel/db/embedded.ts'

/** A PostgreSQL of one's own with an open connection; `close` stops it and deletes all of it. */
export async function peerPostgres(): Promise<{ client: pg.Client; close(): Promise<void> }> {
  const data = mkdtempSync(join(tmpdir(), 'place-queries-'))
  // The database's own user must be able to pass through.
  chmodSync(data, 0o755)
  const server = await startEmbedded(data)
  const client = new pg.Client({ connectionString: server.url })
  await client.connect()
  const close = async (): Promise<void> => {
    await client.end()
    await server.stop()
    rmSync(data, { recursive: true, force: true })
  }
  return { client, close }
}
