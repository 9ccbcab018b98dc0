import type { QueueItem, RowAct } from '#src/incidents/index.ts'
import { markersInWords } from '#src/reports/contract-held-back.ts'
import type { Texts } from '#web/texts.ts'

/** A row as the page shows it: with what this person may do to it. */
export type QueueRow = QueueItem & { acts: RowAct[] }

/** The parts of the list, in their order; what was set aside stands last. */
export function partsOf(rows: readonly QueueRow[]) {
  const part = (key: string, belongs: (row: QueueRow) => boolean) => ({
    key,
    rows: rows.filter(belongs),
  })
  return [
    part('waiting', ({ pending }) => pending !== null),
    part('open', ({ pending, status, setAside }) => !pending && status === 'open' && !setAside),
    part('published', ({ pending, status }) => !pending && status !== 'open'),
    part('aside', ({ pending, status, setAside }) => !pending && status === 'open' && setAside),
  ].filter(({ rows: some }) => some.length > 0)
}

/** What a row is called: its place, or what its senders said of many places. */
export const nameOf = (row: QueueRow, t: Texts): string => {
  if (row.alike) return t('incidents.queue.alike-mixed')
  if (!row.placeLabel) return t('incidents.queue.no-place')
  return markersInWords(row.placeLabel, (kind) => t(`reports.screening.held.${kind}`))
}
