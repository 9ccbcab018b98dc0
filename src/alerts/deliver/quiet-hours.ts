/** Quarter hours of a day. */
const quarters = 96
const none = 255
const quarterMilliseconds = 15 * 60_000

/** `22:30` as the quarter hours since midnight. */
export const quarterOf = (time: string): number => {
  const [hours = 0, minutes = 0] = time.split(':').map(Number)
  return hours * 4 + Math.floor(minutes / 15)
}

/** The quarter hour that a place's clocks show. */
export function quarterNow(now: Date, timeZone: string): number {
  const parts = new Intl.DateTimeFormat('en', {
    timeZone,
    hourCycle: 'h23',
    hour: '2-digit',
    minute: '2-digit',
  }).formatToParts(now)
  const number = (type: string): number => Number(parts.find((part) => part.type === type)?.value)
  return number('hour') * 4 + Math.floor(number('minute') / 15)
}

/**
 * How many milliseconds from the start of this quarter hour somebody is still not to be woken; 0 if
 * they may be now. Quiet hours that begin and end at one time are none.
 */
export function quietFor({ from, to }: { from: number; to: number }, quarter: number): number {
  if (from === none || to === none || from === to) return 0
  const inside = from < to ? quarter >= from && quarter < to : quarter >= from || quarter < to
  if (!inside) return 0
  return ((to - quarter + quarters) % quarters) * quarterMilliseconds
}
