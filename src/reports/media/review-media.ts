import { z } from 'zod'
import type { Tx } from '../../kernel/db/database.ts'
import { type Actor, permits } from '../../kernel/http/actor.ts'
import { notFound } from '../../kernel/problem.ts'
import { type MediaRoom, sealedPlace } from './room.ts'
import { type MediaRow, mediaById, setReviewed } from './store.ts'

/** Who looks at what nobody has looked at yet; others see what has been cleared. */
const reviewers = ['operator']

const noSuch = () => notFound('There is no photo or video of this number.')

/** The row, if this person may see its copy: before somebody has cleared it, reviewers only (S16). Throws 404. */
export async function seenBy(tx: Tx, id: string, actor: Actor): Promise<MediaRow> {
  const row = await mediaById(tx, id)
  if (!row || !(row.state === 'cleared' || permits(reviewers, actor))) throw noSuch()
  return row
}

/** The clean copy. Throws 404 where it is past its days. */
export async function copyOf(room: MediaRoom, row: MediaRow): Promise<Buffer> {
  const sealed = await room.files.read(row.id)
  const copy = sealed && room.reports.kernel.sealing.openBytes(sealedPlace(row), sealed)
  if (!copy) throw noSuch()
  return copy
}

/** Says of a copy that it shows nobody, or that it stays with the reviewers. May be said anew. */
export async function reviewMedia(
  { reports: { kernel } }: MediaRoom,
  tx: Tx,
  id: string,
  { actor, state }: { actor: Actor; state: 'cleared' | 'held-back' },
): Promise<MediaRow> {
  const row = z.uuid().safeParse(id).success ? await mediaById(tx, id) : undefined
  if (!row) throw noSuch()
  const at = kernel.clock.now()
  await setReviewed(tx, id, { state, by: actor.personId, at })
  await kernel.emit(tx, {
    id: kernel.ids.uuid(),
    stream: 'report',
    streamId: row.report_id,
    type: 'report.media-reviewed',
    actorId: actor.personId,
    data: { mediaId: id, state, sha256: row.sha256 },
    at,
  })
  return { ...row, state }
}
