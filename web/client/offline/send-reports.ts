// Sends what waits on this phone, once: page and service worker may both try, and take turns.
import { solvedEffort } from '../effort-work.ts'
import { change, type KeptReport, keptReports } from './kept-reports.ts'

/** A line that hangs is no line; the next try sends the same, and the server takes it once. */
const answerMilliseconds = 20_000

/**
 * Sends every report that waits. The answers' receipts, by the report's id here, are told this once and kept
 * nowhere; `askReceipt` gets them again.
 */
export async function sendReports(): Promise<Map<string, string>> {
  const receipts = new Map<string, string>()
  await inTurn(async () => {
    for (const report of await keptReports()) {
      if (report.state !== 'waiting') continue
      const answer = await post(report)
      if (!answer) break
      if (answer.receipt) receipts.set(report.id, answer.receipt)
      await change(
        report.id,
        answer.why === null
          ? { state: 'sent', sentAt: Date.now() }
          : { state: 'refused', sealed: null, why: answer.why },
      )
    }
  })
  return receipts
}

/** The receipt of a report that was sent: sending the same again is answered the same. Null without a line. */
export const askReceipt = async (report: KeptReport): Promise<string | null> =>
  (await post(report))?.receipt ?? null

/** Two tabs, or a tab and the service worker, do not send the same at once; the server would take it once all the same. */
const inTurn = (work: () => Promise<void>): Promise<void> =>
  'locks' in navigator ? navigator.locks.request('porchlight-reports', work) : work()

interface Sent {
  receipt: string | null
  why: string | null
}

/** Null: not now. Only an answer in our own words counts: a hotel's login page says 200 to everything. */
async function post({ sealed, lang }: KeptReport): Promise<Sent | null> {
  if (!sealed) return null
  try {
    const effort = await solvedEffort()
    const answer = await fetch(`/${lang}/report/sealed`, {
      method: 'POST',
      body: sealed,
      headers: {
        'content-type': 'application/octet-stream',
        ...(effort && { 'porchlight-effort': effort }),
      },
      credentials: 'omit',
      signal: AbortSignal.timeout(answerMilliseconds),
    })
    const { receipt, error } = (await answer.json()) as { receipt?: unknown; error?: unknown }
    if (answer.status === 201 && typeof receipt === 'string') return { receipt, why: null }
    return isFinal(answer.status) && typeof error === 'string'
      ? { receipt: null, why: error }
      : null
  } catch {
    return null
  }
}

const isFinal = (status: number): boolean =>
  status >= 400 && status < 500 && ![408, 425, 429].includes(status)
