import { notFound } from '../kernel/problem.ts'
import { Alert, type SignedAlert } from './contract-alert.ts'
import { figuresOf } from './deliver/store-pages.ts'
import type { AlertsRoom } from './room.ts'
import { type AlertRow, alertsOf } from './store.ts'

/** One signed word, with its place in the log and how many it reached. */
export interface Revision extends SignedAlert {
  /** The exact text the signature is over, after its prefix. */
  document: string
  logIndex: number | null
  /** Two figures, never one: taken by gateways, and confirmed by phones that showed it. */
  attemptsAccepted: number
  receiptsConfirmed: number
}

/** Everything that was signed of an incident, or of a drill, oldest first. Throws 404 where nothing was. */
export async function readAlert(
  { kernel }: AlertsRoom,
  id: string,
  audience: AlertRow['audience'] = 'alerts',
): Promise<Revision[]> {
  const rows = await alertsOf(kernel.db, id, audience)
  const signed = rows.filter((row) => row.signature !== null)
  if (signed.length === 0) throw notFound('There is no alert of this number.')
  return Promise.all(
    signed.map(async (row) => {
      const figures = await figuresOf(kernel.db, row.incident_id, row.revision)
      return {
        ...signedOf(row),
        document: row.document,
        logIndex: row.ledger_seq === null ? null : Number(row.ledger_seq) - 1,
        attemptsAccepted: figures.accepted,
        receiptsConfirmed: figures.confirmed,
      }
    }),
  )
}

const signedOf = (row: AlertRow): SignedAlert => ({
  alert: Alert.parse(JSON.parse(row.document)),
  keyId: row.key_id ?? '',
  signature: row.signature ?? '',
})
