import { limits } from '../../kernel/limits.ts'

/** What a push service said to one message: its status, or null where no whole answer came. */
export interface Reply {
  status: number | null
  /** Its Retry-After, word for word. */
  retryAfter?: string
}

/** What follows from it: an end, another try, or another try after all of this push service was left alone. */
export type Verdict = 'accepted' | 'gone' | 'refused' | 'again' | 'slower'

/** RFC 8030 section 5 and 7.3; what is not ours to mend by trying again is refused, redirects among it. */
export function verdictOf({ status }: Reply): Verdict {
  if (status === null) return 'again'
  if (status === 200 || status === 201 || status === 202) return 'accepted'
  if (status === 404 || status === 410) return 'gone'
  if (status === 429 || status === 503) return 'slower'
  return status >= 500 || status === 408 || status === 425 ? 'again' : 'refused'
}

/**
 * Seconds that a Retry-After asks for (RFC 9110 section 10.2.3): a number or a date, against `now`. Null for none, garbage, and
 * what lies in the past: then we wait as we do by ourselves.
 */
export function retryAfterSeconds(header: string | undefined, now: Date): number | null {
  if (header === undefined) return null
  const seconds = /^\d{1,15}$/.test(header.trim())
    ? Number(header)
    : (httpDate(header) - now.getTime()) / 1000
  return seconds > 0 ? seconds : null
}

/** Milliseconds of `Sun, 06 Nov 1994 08:49:37 GMT`; NaN for anything else, which `Date.parse` would guess at. */
const httpDate = (text: string): number =>
  /^[A-Z][a-z]{2}, \d{2} [A-Z][a-z]{2} \d{4} \d{2}:\d{2}:\d{2} GMT$/.test(text.trim())
    ? Date.parse(text)
    : Number.NaN

/** Milliseconds before the next try after `tries` of them: doubling, from half to whole, never nothing. */
export function waitMilliseconds(tries: number, random: () => number): number {
  const { pushFirstWaitSeconds: first, pushLongestWaitSeconds: longest } = limits
  const whole = Math.min(longest, first * 2 ** Math.min(tries, 20)) * 1000
  return whole * (0.5 + random() / 2)
}
