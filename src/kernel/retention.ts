import { sql } from 'kysely'
import { addHours } from './clock.ts'
import type { Db } from './db/database.ts'
import type { Kernel } from './kernel.ts'

/** One column's rule, as `src/schema.ts` declares it. */
export interface RetentionRule {
  class: string
  keep: number | 'always'
}
type Tables = Record<string, Record<string, RetentionRule>>

/**
 * Enforces every retention period: rows are emptied or deleted, and the keys of what was sealed are
 * destroyed, which is what makes copies of the database unreadable too (security.md S3, S37).
 */
export async function enforceRetention(
  { db, clock, sealing, metrics }: Pick<Kernel, 'db' | 'clock' | 'sealing' | 'metrics'>,
  tables: Tables,
): Promise<void> {
  const now = clock.now()
  metrics.keysShredded.inc(sealing.shred(now))
  await forget(db, tables, now)
}

/**
 * Restricted columns past their days are emptied, rows past all their days are deleted. Days count
 * from `created_at`. Answers how many rows each table changed.
 */
export async function forget(db: Db, tables: Tables, now: Date): Promise<Record<string, number>> {
  const changed: Record<string, number> = {}
  for (const [table, columns] of Object.entries(tables)) {
    if (!('created_at' in columns)) continue
    changed[table] =
      (await emptyColumns(db, table, columns, now)) + (await deleteRows(db, table, columns, now))
  }
  return changed
}

async function emptyColumns(
  db: Db,
  table: string,
  columns: Record<string, RetentionRule>,
  now: Date,
): Promise<number> {
  const days = [
    ...new Set(
      Object.values(columns).flatMap(({ class: kind, keep }) =>
        kind === 'restricted' && keep !== 'always' ? [keep] : [],
      ),
    ),
  ]
  let changed = 0
  for (const day of days) {
    const names = Object.keys(columns).filter(
      (name) => columns[name]?.class === 'restricted' && columns[name]?.keep === day,
    )
    const set = sql.join(names.map((name) => sql`${sql.ref(name)} = null`))
    const any = sql.join(
      names.map((name) => sql`${sql.ref(name)} is not null`),
      sql` or `,
    )
    const result =
      await sql`update ${sql.table(table)} set ${set} where created_at < ${addHours(now, -24 * day)} and (${any})`.execute(
        db,
      )
    changed += Number(result.numAffectedRows ?? 0)
  }
  return changed
}

async function deleteRows(
  db: Db,
  table: string,
  columns: Record<string, RetentionRule>,
  now: Date,
): Promise<number> {
  const keeps = Object.values(columns).map(({ keep }) => keep)
  if (keeps.includes('always')) return 0
  const longest = Math.max(...keeps.map(Number))
  const result =
    await sql`delete from ${sql.table(table)} where created_at < ${addHours(now, -24 * longest)}`.execute(
      db,
    )
  return Number(result.numAffectedRows ?? 0)
}
