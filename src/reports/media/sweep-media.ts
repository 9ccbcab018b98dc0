import { addHours } from '../../kernel/clock.ts'
import { limits } from '../../kernel/limits.ts'
import { type MediaRoom, originalName } from './room.ts'
import { allMedia } from './store.ts'

/**
 * Removes the files of what was taken back or is past its days, and what a crash has left. The copies' keys
 * are destroyed by then whatever becomes of the files (ADR 0008).
 */
export async function sweepMedia({ reports, files }: MediaRoom): Promise<void> {
  const { db, clock, log } = reports.kernel
  const now = clock.now()
  const readable = addHours(now, -24 * limits.restrictedDays)
  const kept = addHours(now, -24 * limits.originalDays)
  const wanted = new Set<string>()
  for (const { id, created_at, original_bytes } of await allMedia(db)) {
    if (created_at > readable) wanted.add(id)
    if (original_bytes !== null && created_at > kept) wanted.add(originalName(id))
  }
  const swept = await files.sweep((name) => wanted.has(name), now)
  if (swept > 0) log('info', 'media files removed', { count: swept })
}
