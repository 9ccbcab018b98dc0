import { hmac } from '../kernel/crypto.ts'
import { once } from '../kernel/http/idempotency.ts'
import type { NewReport } from './contract.ts'
import type { Placed } from './place-report.ts'
import { acceptReports } from './received.ts'
import { refusedTime } from './rules.ts'
import type { Sms } from './sms/take-message.ts'
import { reportRow } from './submit-report.ts'

/** What somebody told by the keys of a telephone. */
export interface ToldByPhone {
  /** The provider's name of the call. */
  callId: string
  /** Their number, by which a flood of one is ranked last; it is never written down. */
  from: string
  activity: NewReport['activity']
  zip: string
  stillThere: boolean
  language: string
  at: Date
}

/**
 * Takes a report made by the keys of a telephone, with its event, in one transaction. The place is words (a ZIP
 * code): a person of the desk puts it on the map. One call tells once: the same again, however late, is answered with the
 * same receipt or refused. Answers the receipt's sixteen digits; null where it is too long ago. Throws 422
 * `kernel/idempotency-mismatch` where one call tells something else.
 */
export async function takeCall(
  { room, budgets, pepper }: Pick<Sms, 'room' | 'budgets' | 'pepper'>,
  told: ToldByPhone,
): Promise<string | null> {
  const { kernel } = room
  const now = kernel.clock.now()
  const { callId, from, ...body } = told
  // Keyed, so that whoever has the database cannot try the names of calls against it.
  const key = hmac(pepper, `call ${callId} ${told.at.getTime()}`)
  return kernel.db.transaction().execute(async (tx) => {
    const answer = await once(tx, { scope: 'voice', key, body, now }, async () => {
      if (refusedTime(told.at, now, room.policy)) return { status: 422, body: null }
      const receipt = room.receipts.make()
      const row = reportRow(room, {
        report: reportOf(told),
        observedAt: told.at,
        placed: words(`ZIP ${told.zip}`),
        receivedAt: now,
        origin: { source: 'voice' },
        receiptHash: receipt.hash,
      })
      row.ranked_last = budgets.spent(hmac(pepper, `number ${from}`))
      await acceptReports(kernel, tx, [{ row, keyed: null, effort: null }])
      return { status: 201, body: receipt.digits }
    })
    return answer.body === null ? null : String(answer.body)
  })
}

const reportOf = ({ activity, stillThere, language, at, zip }: ToldByPhone): NewReport => ({
  activity,
  place: { text: `ZIP ${zip}` },
  observedAt: at.toISOString(),
  // The line does not ask: what nobody said was seen is ranked as what was heard.
  firstHand: false,
  placeKind: 'other',
  stillThere,
  language,
})

/** Never looked up: the middle of a ZIP code is nobody's corner. */
const words = (text: string): Placed => ({
  lat: null,
  lon: null,
  uncertaintyMetres: null,
  text,
  label: null,
  cell: null,
  areaIds: [],
})
