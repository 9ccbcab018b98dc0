// This phone asks for the city's feed and finds what is near its places by itself. Page and service worker do it alike.
import type { Alert } from '#src/alerts/contract-alert.ts'
import { type Cell, cellOf, touches } from '#src/alerts/contract-h3.ts'
import { changeSubscription, type KeptSubscription, keptSubscription } from './kept-alerts.ts'
import { readFeed } from './read-feed.ts'
import { tell } from './tell.ts'

export interface Pulled {
  /** Milliseconds since 1970: when the deployment signed what was read last. */
  verifiedAt: number
  /** What is near this phone's places and has not ended, newest last. */
  near: Alert[]
}

const address = '/feeds/city.plf'

/**
 * Reads the feed once and shows what is new and near, a cancel only of what was shown. Null where there is no
 * subscription, no answer, or one that does not hold: what was known stays known, and grows old.
 */
export async function pull(registration: ServiceWorkerRegistration): Promise<Pulled | null> {
  const kept = await keptSubscription()
  const answer = kept && (await fetch(address, { credentials: 'omit' }).catch(() => null))
  if (!kept || !answer?.ok) return null
  const bytes = new Uint8Array(await answer.arrayBuffer())
  const feed = await readFeed(bytes, kept.key, kept.origin)
  // Somebody on the way hands out an old one.
  if (!feed || feed.signedAt < (kept.verifiedAt ?? 0)) return null
  await changeSubscription({ verifiedAt: feed.signedAt })
  const near = nearOf(feed.alerts, kept)
  for (const alert of near) await tell('feed', registration, kept, alert)
  const now = Date.now()
  return {
    verifiedAt: feed.signedAt,
    near: near.filter(({ expiresAt }) => Date.parse(expiresAt) > now),
  }
}

/** The alerts of whose cells one holds, or is held by, a cell of this phone's places. */
export function nearOf(
  alerts: readonly Alert[],
  { places }: Pick<KeptSubscription, 'places'>,
): Alert[] {
  const own = places.flatMap(({ cells }) => cells.map(cellOf))
  const isNear = (cell: Cell): boolean => own.some((each) => touches(each, cell))
  return alerts.filter(({ cells }) => cells.map(cellOf).some(isNear))
}
