import { readConfig } from '../kernel/config.ts'
import { database, migrateDatabase, root } from './session.ts'

/** `porchlight migrate`: brings the database to this release and says what it did. */
export async function migrateCommand(flags: Record<string, unknown>): Promise<void> {
  const { url, release } = await database(readConfig(root, flags))
  try {
    const applied = await migrateDatabase(url)
    console.log(
      applied.length === 0 ? 'The database is up to date.' : `Applied:\n  ${applied.join('\n  ')}`,
    )
  } finally {
    await release()
  }
}
