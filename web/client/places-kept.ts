// The file of the city's places in this phone's own store.
const address = '/api/v1/places/index'
const store = 'porchlight-places'

/** False where the browser has no store: without https, or in some private windows. */
const canKeep = (): boolean => 'caches' in self

/** The kept file, or null when this phone keeps none. */
export async function keptPlaces(): Promise<Uint8Array | null> {
  if (!canKeep()) return null
  // Asked by name, so that asking alone leaves no empty store behind.
  const kept = await caches.match(address, { cacheName: store })
  return kept ? new Uint8Array(await kept.arrayBuffer()) : null
}

/** What quick exit says to the other scripts of its page, which live until the next page is there. */
export const leaveEvent = 'porchlight:leave'
let left = false
addEventListener(leaveEvent, () => {
  left = true
})

/**
 * Fetches the file (about 0.6 MB) and keeps it. The browser asks the server at most once a week whether
 * it has changed. Rejects when the server does not answer.
 */
export async function fetchPlaces(): Promise<void> {
  if (!canKeep()) return
  const answer = await fetch(address, { credentials: 'omit' })
  if (!answer.ok) throw new Error('The server gave no places.')
  if (!left) await (await caches.open(store)).put(address, answer)
}

/** Deletes what `fetchPlaces` kept. */
export async function forgetPlaces(): Promise<void> {
  if (canKeep()) await caches.delete(store)
}

interface Connection {
  effectiveType?: string
  saveData?: boolean
}

/** True on a line that is fast and, as far as the browser knows, not paid for by the megabyte. */
export function lineIsGood(): boolean {
  const { connection } = navigator as Navigator & { connection?: Connection }
  return navigator.onLine && connection?.effectiveType === '4g' && !connection.saveData
}
