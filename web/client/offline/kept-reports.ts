// Reports that wait on this phone for a line, sealed to the server: the phone itself cannot open them.
// Page and service worker share this store.
import { createStore, del, entries, get, set } from 'idb-keyval'

/** A report on this phone. Of what is in it nothing is known here but its language's page. */
export interface KeptReport {
  id: string
  /** The age file; null once there is no more use for it. */
  sealed: Uint8Array<ArrayBuffer> | null
  lang: string
  /** Milliseconds since 1970, by this phone's clock. */
  keptAt: number
  state: 'waiting' | 'sent' | 'refused' | 'expired'
  sentAt: number | null
  /** Which text says why it could not be taken. */
  why: string | null
}

const database = 'porchlight-reports'
const store = createStore(database, 'kept')

/** What waited longer warns of nothing any more: the server's rule, kept here too (F40). */
export const keptHours = 72
/** More than anybody sees in three days; a shared phone is not filled up. */
const most = 20

const hour = 3_600_000

/** Keeps a sealed report. False where this phone keeps as many as it may. */
export async function keepReport(
  sealed: Uint8Array<ArrayBuffer>,
  lang: string,
): Promise<KeptReport | null> {
  if ((await entries(store)).length >= most) return null
  const report: KeptReport = {
    id: crypto.randomUUID(),
    sealed,
    lang,
    keptAt: Date.now(),
    state: 'waiting',
    sentAt: null,
    why: null,
  }
  await set(report.id, report, store)
  return report
}

/** Every report kept here, oldest first; what waited too long has expired, and its words are gone. */
export async function keptReports(): Promise<KeptReport[]> {
  const all = (await entries<string, KeptReport>(store)).map(([, report]) => report)
  const now = Date.now()
  for (const report of all.filter((each) => isOver(each, now)))
    await change(report.id, { state: 'expired', sealed: null })
  // Nobody came to see that it was sent: the receipt can no longer be asked for.
  for (const { id } of all.filter((each) => each.state === 'sent' && isPast(each.sentAt, now)))
    await del(id, store)
  const left = (await entries<string, KeptReport>(store)).map(([, report]) => report)
  return left.sort((a, b) => a.keptAt - b.keptAt)
}

const isPast = (at: number | null, now: number): boolean =>
  at !== null && now - at > keptHours * hour
const isOver = ({ state, keptAt }: KeptReport, now: number): boolean =>
  state === 'waiting' && isPast(keptAt, now)

/** Writes down what became of a report; one that was deleted meanwhile stays deleted. */
export async function change(id: string, news: Partial<KeptReport>): Promise<void> {
  const report = await get<KeptReport>(id, store)
  if (report) await set(id, { ...report, ...news }, store)
}

/** Deletes the empty store itself: that there was one would tell something too. */
export const forgetStore = (): void => {
  indexedDB.deleteDatabase(database)
}

/** Deletes a report from this phone. */
export const forgetReport = (id: string): Promise<void> => del(id, store)
