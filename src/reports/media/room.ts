import { limits } from '../../kernel/limits.ts'
import type { SealedPlace } from '../../kernel/sealing/index.ts'
import type { ReportsRoom } from '../submit-report.ts'
import { type Decoder, makeDecoder } from './decode.ts'
import { type MediaFiles, mediaFiles } from './files.ts'
import type { MediaRow } from './store.ts'

/** The part of the room that takes photos and video. */
export interface MediaRoom {
  reports: ReportsRoom
  decoder: Decoder
  files: MediaFiles
  /** To whom phones seal originals (`age1...`); null where the deployment has nobody: then there are none. */
  evidenceRecipient: string | null
}

/** Makes it, on the sealed files of `folder`. */
export const makeMedia = (
  reports: ReportsRoom,
  { folder, evidenceRecipient }: { folder: string; evidenceRecipient: string | null },
): MediaRoom => ({ reports, decoder: makeDecoder(), files: mediaFiles(folder), evidenceRecipient })

/** What a clean copy is sealed to: its key is destroyed after the days of all that is restricted. */
export const sealedPlace = ({
  id,
  created_at,
}: Pick<MediaRow, 'id' | 'created_at'>): SealedPlace => ({
  table: 'report_media',
  id,
  at: created_at,
  days: limits.restrictedDays,
})

/** An original's file, beside its copy's. */
export const originalName = (id: string): string => `${id}.age`
