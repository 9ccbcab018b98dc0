import type { Publication } from './contract.ts'
import { asOf, featureOf } from './live.ts'
import type { OpennessRoom } from './room.ts'
import { lastSeq, publicationsAfter, type SignedAlertRow, signedAlertsAfter } from './store.ts'

/** One event of the stream: a public word on an incident, or the signed alert that was made of it. */
export interface StreamEntry {
  seq: number
  areaIds: readonly string[]
  chunk(): Buffer
}

/**
 * What the stream tells after that number, oldest first. Both kinds are numbered by one counter, so
 * that `Last-Event-ID` resumes in both. A full page of one kind may be followed by others of the
 * other kind: of two lists no more is told than the shorter reaches.
 */
export async function entriesAfter(
  room: OpennessRoom,
  seq: number,
  limit: number,
): Promise<StreamEntry[]> {
  const { db } = room.kernel
  // What commits between the two questions is left to the next: a number must not pass unseen.
  const end = await lastSeq(db)
  const publications = await publicationsAfter(db, seq, limit)
  const alerts = await signedAlertsAfter(db, seq, limit)
  const entries = [
    ...publications.map((entry) => ofPublication(room, entry)),
    ...alerts.map(ofAlert),
  ]
  return entries
    .filter((entry) => entry.seq <= end)
    .sort((a, b) => a.seq - b.seq)
    .slice(0, limit)
}

const ofPublication = (room: OpennessRoom, entry: Publication): StreamEntry => ({
  seq: entry.seq,
  areaIds: entry.snapshot.areaIds,
  chunk() {
    const incident = asOf(room, entry, room.kernel.clock.now())
    const data = JSON.stringify({ kind: entry.kind, alertId: entry.id, ...featureOf(incident) })
    return Buffer.from(`id: ${entry.seq}\nevent: incident\ndata: ${data}\n\n`)
  },
})

/** The exact text that was signed travels as it is: whoever checks the signature needs nothing else. */
const ofAlert = (row: SignedAlertRow): StreamEntry => ({
  seq: Number(row.seq),
  areaIds: (JSON.parse(row.document) as { areas: string[] }).areas,
  chunk() {
    const { document, signature, key_id } = row
    const data = JSON.stringify({ keyId: key_id, signature, document })
    return Buffer.from(`id: ${row.seq}\nevent: alert\ndata: ${data}\n\n`)
  },
})
