// What this phone keeps of its subscription. Page and service worker share it; nobody else reads it.
import { createStore, get, set, update } from 'idb-keyval'
import type { StoredSubscription } from '#src/alerts/contract.ts'
import type { Alert } from '#src/alerts/contract-alert.ts'
import { decide, type SeenAlerts, type Verdict } from './decide.ts'
import type { AlertKey } from './message.ts'
import type { Words } from './words.ts'

/** A place as its owner calls it: neither the name nor the place ever leaves this phone. */
export interface OwnPlace {
  name: string
  cells: string[]
}

export interface KeptSubscription {
  /** `pull`: this phone asks for the feed of the whole city and matches by itself. */
  mode: 'push' | 'pull'
  /** Ends it at the server; null where the server knows of none. */
  capability: string | null
  places: OwnPlace[]
  /** What the server said it keeps; null where it keeps nothing. */
  stored: StoredSubscription | null
  /** The deployment and its key on the day of subscribing: another key is not taken in silence. */
  origin: string
  key: AlertKey
  /** The key of drills, where this phone asked for drills; without it each is a stranger's. */
  drillKey?: AlertKey
  /** A message named another key since. */
  otherKey: boolean
  /** When the newest feed that held was signed, milliseconds since 1970. */
  verifiedAt?: number
  words: Words
}

const database = 'porchlight-alerts'
const store = createStore(database, 'kept')

export const keptSubscription = async (): Promise<KeptSubscription | null> =>
  (await get<KeptSubscription>('subscription', store)) ?? null

export const keepSubscription = (subscription: KeptSubscription): Promise<void> =>
  set('subscription', subscription, store)

/** Changes what is kept; nothing where nothing is. */
export const changeSubscription = (change: Partial<KeptSubscription>): Promise<void> =>
  update<KeptSubscription | undefined>(
    'subscription',
    (kept) => kept && { ...kept, ...change },
    store,
  )

/**
 * What to do with a word whose signature holds. Reads and writes in one step, so that of two tabs, a push
 * and a feed one shows it. `knew`: something of this number was here before.
 */
export async function admit(
  alert: Alert,
  origin: string,
  drills = false,
): Promise<{ verdict: Verdict; knew: boolean }> {
  let verdict: Verdict = 'foreign'
  let knew = false
  await update<SeenAlerts>(
    'seen',
    (before = {}) => {
      const decided = decide(alert, before, { origin, now: Date.now(), drills })
      verdict = decided.verdict
      knew = Object.hasOwn(before, alert.id)
      return decided.seen
    },
    store,
  )
  return { verdict, knew }
}

/** Deletes the empty store itself: that there was one would tell something too. */
export const forgetAlerts = (): void => {
  indexedDB.deleteDatabase(database)
}

/** Deletes the subscription and all that was seen. */
export const forgetSubscription = async (): Promise<void> => {
  await Promise.all([set('subscription', undefined, store), set('seen', undefined, store)])
}
