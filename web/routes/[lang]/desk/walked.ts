/** The rows of the queue as they were last walked, and the one the cursor was on. */
export interface Walked {
  ids: readonly string[]
  at: number
  /** The row moved when it was merged: the way on is the old one, so that nothing is skipped. */
  onward?: boolean
}

const place = 'desk-walked'
const nowhere: Walked = { ids: [], at: 0 }

/** Where the cursor was; a page that was opened by itself begins at the top. For this tab only. */
export function lastWalked(): Walked {
  try {
    return JSON.parse(sessionStorage.getItem(place) ?? 'null') ?? nowhere
  } catch {
    return nowhere
  }
}

/** Keeps where the cursor is, so that one comes back from an incident to where one was. */
export function keepWalked(walked: Walked): void {
  try {
    sessionStorage.setItem(place, JSON.stringify(walked))
  } catch {}
}

/**
 * The row to stand on: the same one if it is there still; else the first of those after it that is,
 * else the last.
 */
export function standOn(ids: readonly string[], { ids: before, at }: Walked): number {
  const there = new Set(ids)
  const next = before.slice(at).find((id) => there.has(id))
  return next === undefined ? Math.max(0, Math.min(at, ids.length - 1)) : ids.indexOf(next)
}
