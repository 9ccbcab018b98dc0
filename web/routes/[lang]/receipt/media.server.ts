import type { ReportOutcome } from '#src/reports/contract.ts'

/** A photo or a video of a report, as its reporter may know of it. */
export interface Media {
  id: string
  kind: 'photo' | 'video'
  state: 'waiting' | 'cleared' | 'held-back'
  /** The untouched file is kept too, locked. */
  original: boolean
}

/** Who can open the originals of this deployment (`age1...`); null where it keeps none. */
export function evidenceRecipient(app: object): string | null {
  const recipient = 'evidenceRecipient' in app ? app.evidenceRecipient : undefined
  return typeof recipient === 'string' ? recipient : null
}

/** The photos and videos of a report. */
export const mediaOf = (report: ReportOutcome): Media[] =>
  'media' in report ? (report.media as Media[]) : []
