// What this phone keeps of its subscription. Page and service worker share it; nobody else reads it.
import { createStore, get, set, update } from 'idb-keyval'
import type { StoredSubscription } from '#src/alerts/contract.ts'
import type { Alert } from '#src/alerts/contract-alert.ts'
import { type Act, actOn, decide, type SeenAlerts, type Verdict, type Way } from './decide.ts'
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
  /** Notifications bear the plain icon: chosen on the page, or the plain app is installed. */
  plain?: boolean
  /** Where a push service reaches this browser, as the server was told. */
  endpoint?: string
  /** The key by which push services know the deployment: a new address is asked for with it. */
  vapid?: string
  /** The address is the demonstration's own and its page listens for it. */
  byPage?: boolean
  /** The browser lost its address, and the server does not know of a new one yet. */
  renew?: boolean
  /** Subscriptions of earlier addresses that the server could not yet be told to end. */
  ended?: string[]
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
 * Puts a new address and its capability in the place of the one that `before` ends, which is then to be ended. False,
 * and nothing changed, where that one is no longer what this phone keeps.
 */
export async function swapAddress(
  before: string | null,
  change: Pick<KeptSubscription, 'capability' | 'stored' | 'endpoint' | 'renew'>,
): Promise<boolean> {
  let swapped = false
  await update<KeptSubscription | undefined>(
    'subscription',
    (kept) => {
      swapped = kept !== undefined && kept.capability === before
      if (!kept || !swapped) return kept
      return { ...kept, ...change, ended: [...(kept.ended ?? []), ...(before ? [before] : [])] }
    },
    store,
  )
  return swapped
}

/**
 * What to do about a word whose signature holds, whichever way it came. Reads and writes in one step, so that of two
 * tabs, a push, the stream and the feed one shows it.
 */
export async function admit(
  way: Way,
  alert: Alert,
  origin: string,
  drills = false,
): Promise<{ act: Act; verdict: Verdict }> {
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
  return { act: actOn(way, alert, { verdict, knew }), verdict }
}

/** Whether this phone has the store at all; asking for it otherwise would make one. */
export async function hasStore(): Promise<boolean> {
  const all = await indexedDB.databases?.()
  return all?.some(({ name }) => name === database) ?? false
}

/** Deletes the empty store itself: that there was one would tell something too. */
export const forgetAlerts = (): void => {
  indexedDB.deleteDatabase(database)
}

/** Deletes the subscription and all that was seen. */
export const forgetSubscription = async (): Promise<void> => {
  await Promise.all([set('subscription', undefined, store), set('seen', undefined, store)])
}
