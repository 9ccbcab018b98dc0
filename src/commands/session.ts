import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { type App, type AppOptions, makeApp } from '../app.ts'
import { type Config, readConfig } from '../kernel/config.ts'
import { closeDatabase, openDatabase } from '../kernel/db/database.ts'
import { startEmbedded } from '../kernel/db/embedded.ts'
import { migrate } from '../kernel/db/migrate.ts'

/** The project's folder, wherever the command was started from. */
export const root = fileURLToPath(new URL('../..', import.meta.url)).replace(/\/$/, '')

/** Where the migrations lie. */
export const migrationsFolder = join(root, 'src', 'migrations')

/** A database that a command may use until it lets go of it. */
export interface Database {
  url: string
  release(): Promise<void>
}

/** DATABASE_URL, or the embedded server, started if it is not running. */
export async function database(config: Config): Promise<Database> {
  if (config.databaseUrl) return { url: config.databaseUrl, release: async () => {} }
  const server = await startEmbedded(config.data, (sentence) => console.error(sentence))
  return { url: server.url, release: server.stop }
}

/** Brings the database up to this release; answers what was applied. */
export async function migrateDatabase(url: string): Promise<string[]> {
  const { db, pool } = openDatabase(url)
  try {
    return await migrate(pool, migrationsFolder)
  } finally {
    await closeDatabase(db, pool)
  }
}

/** Runs one command with an app on a migrated database, and leaves everything as it was. */
export async function withApp<T>(
  flags: Record<string, unknown>,
  use: (app: App) => Promise<T>,
  options: Partial<AppOptions> = {},
): Promise<T> {
  const config = readConfig(root, flags)
  const { url, release } = await database(config)
  try {
    await migrateDatabase(url)
    const app = await makeApp({ config, databaseUrl: url, log: () => {}, ...options })
    try {
      return await use(app)
    } finally {
      await app.close()
    }
  } finally {
    await release()
  }
}
