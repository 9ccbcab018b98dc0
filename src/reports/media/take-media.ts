import { createHash } from 'node:crypto'
import { roundDown } from '../../kernel/clock.ts'
import type { Tx } from '../../kernel/db/database.ts'
import { type Answer, answeredBefore, once } from '../../kernel/http/idempotency.ts'
import { limits } from '../../kernel/limits.ts'
import { notFound, Problem } from '../../kernel/problem.ts'
import { reportOf } from '../my-report.ts'
import type { ReportRow } from '../sealed-words.ts'
import { kindOf, type MediaType, typeOf } from './kinds.ts'
import { type MediaRoom, originalName, sealedPlace } from './room.ts'
import { insertMedia, mediaById, mediaOf, setOriginal } from './store.ts'

const problems = {
  retracted: () =>
    new Problem(
      'reports/retracted',
      409,
      'This report was taken back; nothing can be added to it.',
    ),
  full: () =>
    new Problem(
      'reports/too-many-media',
      409,
      `A report takes at most ${limits.mediaItems} photos and videos.`,
    ),
  kind: () =>
    new Problem(
      'reports/media-kind',
      415,
      'Send a JPEG, PNG or WebP photo, or a WebM or MP4 video, and say which in Content-Type.',
    ),
  large: (most: number) =>
    new Problem(
      'reports/media-too-large',
      413,
      `This file is larger than ${most / 1024 / 1024} MB.`,
    ),
  notSealed: () =>
    new Problem(
      'reports/original-not-sealed',
      422,
      'An original must come sealed as an age v1 file.',
    ),
}

/** A file as it came in. */
export interface Sent {
  bytes: Buffer
  contentType: string
  key: string | null
}

/**
 * Takes the clean copy of a photo or video for the report of a receipt: decoded and encoded anew by a process
 * of its own, sealed, flushed to the disk, and only then acknowledged. At most once a key.
 */
export async function takeMedia(room: MediaRoom, receipt: string, sent: Sent): Promise<Answer> {
  const { db } = room.reports.kernel
  const report = await openReport(room, receipt)
  const keyed = { scope: `media ${report.id}`, key: sent.key, body: digest(sent.bytes) }
  const before = sent.key === null ? null : await answeredBefore(db, { ...keyed, key: sent.key })
  if (before) return before
  if ((await mediaOf(db, [report.id])).length >= limits.mediaItems) throw problems.full()
  const type = checkedType(sent)
  const copy = await room.decoder.clean(sent.bytes)
  return keepCopy(room, { reportId: report.id, type, copy }, keyed)
}

/** Seals, flushes, commits, in this order: a file without a row is swept, a row never lacks its file. */
async function keepCopy(
  room: MediaRoom,
  { reportId, type, copy }: { reportId: string; type: MediaType; copy: Buffer },
  keyed: { scope: string; key: string | null; body: unknown },
): Promise<Answer> {
  const { kernel } = room.reports
  const row = {
    id: kernel.ids.uuid(),
    report_id: reportId,
    kind: kindOf(type),
    type: type.startsWith('image/') ? 'image/jpeg' : type,
    sha256: digest(copy),
    bytes: copy.length,
    created_at: roundDown(kernel.clock.now()),
  }
  const sealed = kernel.sealing.sealBytes(sealedPlace(row), copy)
  if (!sealed) throw new Error('a new file is past its days')
  await room.files.prepare(row.id, sealed)
  const answer = await kernel.db.transaction().execute((tx) =>
    once(tx, { ...keyed, now: kernel.clock.now() }, async () => {
      await insert(room, tx, row)
      return { status: 201, body: { id: row.id, kind: row.kind } }
    }),
  )
  // Sent twice at once: the other was first, and this one's file belongs to nothing.
  if ((answer.body as { id: string }).id === row.id) await room.files.keep(row.id)
  else await room.files.remove(row.id)
  return answer
}

async function insert(
  { reports: { kernel } }: MediaRoom,
  tx: Tx,
  row: Parameters<typeof insertMedia>[1],
): Promise<void> {
  const refused = await insertMedia(tx, row, limits.mediaItems)
  if (refused) throw problems[refused]()
  await kernel.emit(tx, {
    id: kernel.ids.uuid(),
    stream: 'report',
    streamId: row.report_id,
    type: 'report.media-received',
    actorId: null,
    data: { mediaId: row.id, kind: row.kind, sha256: row.sha256 },
    at: row.created_at,
  })
}

const digest = (bytes: Buffer): string => createHash('sha256').update(bytes).digest('hex')

/** The report of a receipt, if something may be added to it. Throws 404 and 409. */
async function openReport(room: MediaRoom, receipt: string): Promise<ReportRow> {
  const { reports } = room
  const report = await reports.kernel.db
    .transaction()
    .execute((tx) => reportOf(reports, tx, receipt))
  if (report.retracted_at) throw problems.retracted()
  return report
}

function checkedType({ bytes, contentType }: Sent): MediaType {
  const type = typeOf(bytes)
  if (!type || type !== contentType.split(';')[0]?.trim().toLowerCase()) throw problems.kind()
  const most = type.startsWith('image/') ? limits.photoBytes : limits.videoBytes
  if (bytes.length > most) throw problems.large(most)
  return type
}

const ageHeader = 'age-encryption.org/v1\n'

/** Keeps the untouched file, which the phone has sealed to the evidence side; nobody here can open it. */
export async function takeOriginal(
  room: MediaRoom,
  receipt: string,
  { id, body }: { id: string; body: AsyncIterable<Buffer> },
): Promise<void> {
  if (!room.evidenceRecipient) throw notFound('This deployment keeps no originals.')
  const { kernel } = room.reports
  const report = await openReport(room, receipt)
  const row = await mediaById(kernel.db, id)
  if (row?.report_id !== report.id) throw notFound('There is no photo or video of this number.')
  const name = originalName(id)
  let bytes = 0
  try {
    await room.files.prepare(
      name,
      counted(body, (size) => {
        bytes = size
      }),
    )
  } catch (error) {
    await room.files.remove(name)
    throw error
  }
  await kernel.db.transaction().execute((tx) => setOriginal(tx, id, bytes))
  await room.files.keep(name)
}

/** Passes a body on as long as it is one sealed file of a size we keep. */
async function* counted(
  body: AsyncIterable<Buffer>,
  tell: (size: number) => void,
): AsyncGenerator<Buffer> {
  let [size, head] = [0, '']
  for await (const part of body) {
    size += part.length
    if (size > limits.originalBytes) throw problems.large(limits.originalBytes)
    if (head.length < ageHeader.length) {
      head = (head + part.toString('latin1', 0, ageHeader.length)).slice(0, ageHeader.length)
      if (!ageHeader.startsWith(head)) throw problems.notSealed()
    }
    yield part
  }
  if (head !== ageHeader) throw problems.notSealed()
  tell(size)
}
