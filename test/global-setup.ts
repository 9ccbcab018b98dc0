import { chmodSync, mkdtempSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import type { TestProject } from 'vitest/node'
import { migrationsFolder } from '../src/commands/session.ts'
import { closeDatabase, openDatabase } from '../src/kernel/db/database.ts'
import { startEmbedded } from '../src/kernel/db/embedded.ts'
import { migrate } from '../src/kernel/db/migrate.ts'

declare module 'vitest' {
  export interface ProvidedContext {
    /** The server's maintenance database; each test file makes one of its own beside it. */
    adminUrl: string
    /** A migrated, empty database to copy. */
    template: string
  }
}

/**
 * One PostgreSQL for the whole run: the embedded one, or TEST_DATABASE_URL / DATABASE_URL. Tests
 * make databases of their own and never touch one that is there.
 */
export default async function setup(project: TestProject): Promise<() => Promise<void>> {
  const given = process.env.DATABASE_URL
  delete process.env.DATABASE_URL
  const folder = mkdtempSync(join(tmpdir(), 'porchlight-test-'))
  // The database's own user must be able to pass through.
  chmodSync(folder, 0o755)
  const server = given ? { url: given, stop: async () => {} } : await startEmbedded(folder)
  const template = `porchlight_template_${process.pid}`
  await admin(server.url, `create database ${template}`)
  const { db, pool } = openDatabase(withDatabase(server.url, template))
  await migrate(pool, migrationsFolder)
  await closeDatabase(db, pool)
  project.provide('adminUrl', server.url)
  project.provide('template', template)
  return async () => {
    await admin(server.url, `drop database if exists ${template} with (force)`)
    await server.stop()
    rmSync(folder, { recursive: true, force: true })
  }
}

const withDatabase = (url: string, name: string): string => {
  const changed = new URL(url)
  changed.pathname = `/${name}`
  return changed.href
}

async function admin(url: string, statement: string): Promise<void> {
  const client = new pg.Client({ connectionString: url })
  await client.connect()
  await client.query(statement)
  await client.end()
}
