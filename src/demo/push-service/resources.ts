import type { Exchange } from './exchange.ts'

/** A message that the service took. */
export interface Accepted {
  path: string
  topic: string
  urgency: string
  ttlSeconds: number
  body: Buffer
  at: Date
}

/** One push resource: who may send to it, and what waits for its browser. */
export interface Resource {
  key: string | null
  gone: boolean
  waiting: Accepted[]
  listeners: Set<(message: Accepted) => void>
}

const mostWaiting = 100

/** Reads a push request (RFC 8030 section 5), or answers which status it deserves and why. */
export function readPush(
  path: string,
  { headers, body }: Exchange,
  now: Date,
): Accepted | [number, string] {
  const word = (name: string, otherwise: string): string => String(headers[name] ?? otherwise)
  const ttl = word('ttl', '')
  if (!/^\d{1,9}$/.test(ttl)) return [400, 'no TTL']
  if (body.length > 4096) return [413, 'too large']
  if (word('content-encoding', '') !== 'aes128gcm') return [415, 'another encoding']
  const [topic, urgency] = [word('topic', ''), word('urgency', 'normal')]
  if (!/^[\w-]{0,32}$/.test(topic)) return [400, 'no topic']
  if (!/^(very-low|low|normal|high)$/.test(urgency)) return [400, 'no urgency']
  return { path, topic, urgency, ttlSeconds: Number(ttl), body, at: now }
}

/** Hands a message to the browser, or keeps it for as long as its TTL; one of the same topic is replaced. */
export function deliver(resource: Resource, message: Accepted): void {
  if (resource.listeners.size > 0) {
    for (const listener of resource.listeners) listener(message)
    return
  }
  if (message.ttlSeconds === 0) return
  const others = resource.waiting.filter(({ topic }) => topic === '' || topic !== message.topic)
  resource.waiting = [...others, message].slice(-mostWaiting)
}

/** A browser comes: it gets what waits and is not over, then what comes. Answers how it leaves. */
export function attach(
  resource: Resource,
  listener: (message: Accepted) => void,
  now: Date,
): () => void {
  const { waiting } = resource
  resource.waiting = []
  resource.listeners.add(listener)
  for (const message of waiting)
    if (message.at.getTime() + message.ttlSeconds * 1000 > now.getTime()) listener(message)
  return () => resource.listeners.delete(listener)
}
