/** Where every time in the program comes from, so that tests can fix it. */
export interface Clock {
  now(): Date
}

/** The machine's own clock. */
export const systemClock: Clock = { now: () => new Date() }

/** Times at rest are no finer than this: they must not tie a person to a moment (security.md S1). */
export const restMinutes = 5

/** The instant rounded down to whole `minutes`. */
export function roundDown(at: Date, minutes = restMinutes): Date {
  const step = minutes * 60_000
  return new Date(Math.floor(at.getTime() / step) * step)
}

/** The instant that many hours (or a fraction) later. */
export const addHours = (at: Date, hours: number): Date =>
  new Date(at.getTime() + hours * 3_600_000)

let last: { at: number; text: string } = { at: Number.NaN, text: '' }

/** A time as RFC 3339 writes it. The last one is kept: what comes in together was rounded to the same. */
export function timeText(at: Date): string {
  const time = at.getTime()
  if (time !== last.at) last = { at: time, text: at.toISOString() }
  return last.text
}
