/** What a push service does instead of its work. */
export type Fault =
  /** Answers with this status, and this Retry-After word for word. */
  | { kind: 'status'; status: number; retryAfter?: string }
  /** Ends the stream (HTTP/2) or the connection (HTTP/1.1) without an answer. */
  | { kind: 'reset' }
  /** Takes the message, then loses the connection before it answers. */
  | { kind: 'lost' }
  /** Half an answer, then the whole connection goes down with all that is on it. */
  | { kind: 'half' }
  /** Answers at so many bytes a second. */
  | { kind: 'slow'; bytesPerSecond: number }
  /** Never answers. */
  | { kind: 'silence' }
  /** HTTP/2: refuses the stream, unread. */
  | { kind: 'refuse' }
  /** HTTP/2: says that it goes and takes neither this stream nor a later one. */
  | { kind: 'goaway' }

/** A fault and for how many requests it stands. */
export interface Ordered {
  fault: Fault
  times: number
}

/** Faults in the order they were asked for: those of one push resource before those of the whole service. */
export interface Faults {
  set(orders: readonly Ordered[], path?: string): void
  /** The fault for the next request to a path, and counts it. */
  next(path: string): Fault | null
}

/** No faults at first. `usual` is asked where none was set: a share of requests, for benchmarks. */
export function makeFaults(usual: (path: string) => Fault | null = () => null): Faults {
  const byPath = new Map<string, Ordered[]>()
  const everywhere = ''
  const taken = (path: string): Fault | null => {
    const orders = byPath.get(path)
    const first = orders?.[0]
    if (!orders || !first) return null
    first.times--
    if (first.times <= 0) orders.shift()
    if (orders.length === 0) byPath.delete(path)
    return first.fault
  }
  return {
    set: (orders, path = everywhere) => {
      byPath.set(
        path,
        orders.filter(({ times }) => times > 0).map((order) => ({ ...order })),
      )
    },
    next: (path) => taken(path) ?? taken(everywhere) ?? usual(path),
  }
}

/**
 * So many in a hundred resources answer every other request with 429, others of them with a reset: each message to them
 * comes through at the second try, and the same ones in every run.
 */
export function shareOfFaults(throttled: number, reset: number): (path: string) => Fault | null {
  const asked = new Map<string, number>()
  return (path) => {
    // 37 shares no factor with 100: neighbours do not fail together.
    const place = (numberAtEnd(path) * 37) % 100
    if (place >= throttled + reset) return null
    const before = asked.get(path) ?? 0
    asked.set(path, before + 1)
    if (before % 2 === 1) return null
    return place < throttled ? { kind: 'status', status: 429 } : { kind: 'reset' }
  }
}

/** The number that a path ends with, such as 12 of `/phone-12`; 0 without one. */
function numberAtEnd(path: string): number {
  let from = path.length
  while (from > 0 && /\d/.test(path[from - 1] ?? '')) from--
  return Number(path.slice(from))
}
