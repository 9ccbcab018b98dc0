import { randomUUID } from 'node:crypto'
import { pause } from './program.ts'

/** What one attempt to send came to. */
export interface Attempt {
  status: number
  contentType: string
  milliseconds: number
  id?: string
  receipt?: string
}

/** What a client wrote down before it sent anything, and what it was told. */
export interface Entry {
  key: string
  body: string
  told: { id: string; receipt: string } | null
}

/** An independent witness: it knows what was acknowledged, whatever the program remembers. */
export interface Ledger {
  entries: Entry[]
  attempts: Attempt[]
  /** Writes a new report down, and sends it until it is accepted. */
  send(url: string): Promise<void>
  /** Sends an entry once. */
  attempt(url: string, entry: Entry): Promise<Attempt>
}

/** Corners of Lanternport, far enough apart that reports make several incidents. */
const places = [
  { lat: 41.2055, lon: -58.2985 },
  { lat: 41.198, lon: -58.31 },
  { lat: 41.213, lon: -58.287 },
]

/** An empty ledger. */
export function makeLedger(): Ledger {
  const entries: Entry[] = []
  const attempts: Attempt[] = []
  const attempt = async (url: string, entry: Entry): Promise<Attempt> => {
    const from = Date.now()
    try {
      const response = await fetch(`${url}/api/v1/reports`, {
        method: 'POST',
        headers: { 'content-type': 'application/json', 'idempotency-key': entry.key },
        body: entry.body,
        signal: AbortSignal.timeout(20_000),
      })
      const contentType = response.headers.get('content-type') ?? ''
      const answer = (await response.json()) as { id?: string; receipt?: string }
      return { ...answer, status: response.status, contentType, milliseconds: Date.now() - from }
    } catch {
      return { status: 0, contentType: '', milliseconds: Date.now() - from }
    }
  }
  return {
    entries,
    attempts,
    attempt,
    async send(url) {
      const entry: Entry = { key: randomUUID(), body: reportBody(entries.length), told: null }
      entries.push(entry)
      while (!entry.told) {
        const made = await attempt(url, entry)
        attempts.push(made)
        if (made.status === 201 && made.id && made.receipt)
          entry.told = { id: made.id, receipt: made.receipt }
        else await pause(100)
      }
    },
  }
}

const reportBody = (number: number): string =>
  JSON.stringify({
    activity: 'stop',
    place: places[number % places.length],
    observedAt: new Date().toISOString(),
    firstHand: true,
    description: `number ${number} of the ledger`,
  })
