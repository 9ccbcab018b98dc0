import type { AddressInfo, Socket } from 'node:net'
import { makeCertificate } from './certificate.ts'
import { faultOfVapid } from './check-vapid.ts'
import { type Exchange, listenWith } from './exchange.ts'
import { type Fault, type Faults, makeFaults, type Ordered } from './faults.ts'
import { type Accepted, attach, deliver, type Resource, readPush } from './resources.ts'

// A push service (RFC 8030) on this machine, for tests, benchmarks and the demo. It shares no code with the sender.

/** A running push service. */
export interface PushService {
  /** `https://localhost:PORT`; two services are two origins. */
  url: string
  /** The certificate to trust, PEM. */
  ca: string
  /** Makes a push resource; with a key (base64url point) only its holder may send. Answers the endpoint. */
  subscribe(key?: string): string
  /** Whether it made this one and has not removed it. */
  holds(endpoint: string): boolean
  /** Removes it: 410 from now on. */
  remove(endpoint: string): void
  /** Every message taken, in order: written before the sender hears of it, and by nobody else. */
  ledger: readonly Accepted[]
  /** Requests to push resources that arrived whole, faults and refusals included. */
  requests(): number
  /** A browser comes: it is handed what waits and then what comes. Answers how it leaves. */
  onMessage(endpoint: string, listener: (message: Accepted) => void): () => void
  faults: { set(orders: readonly Ordered[], endpoint?: string): void }
  /** Ends every connection, as a restart does. */
  disconnect(): void
  stop(): Promise<void>
}

interface Options {
  port?: number
  protocols?: readonly ('h2' | 'http/1.1')[]
  /** Faults where none was set. */
  usual?: (path: string) => Fault | null
  now?: () => Date
}

/** What the handlers share. */
export interface State {
  origin: string
  resources: Map<string, Resource>
  ledger: Accepted[]
  faults: Faults
  known: Map<string, string | null>
  requests: number
  now(): Date
}

const mostResources = 200_000

/** Starts one on loopback. */
export async function startPushService(options: Options = {}): Promise<PushService> {
  const { port = 0, protocols = ['h2', 'http/1.1'], usual, now = () => new Date() } = options
  const identity = await makeCertificate()
  const state: State = {
    origin: '',
    resources: new Map(),
    ledger: [],
    faults: makeFaults(usual),
    known: new Map(),
    requests: 0,
    now,
  }
  const server = listenWith(identity, protocols, (exchange) => handle(state, exchange))
  const sockets = new Set<Socket>()
  server.on('connection', (socket: Socket) => {
    sockets.add(socket)
    socket.once('close', () => sockets.delete(socket))
  })
  await new Promise<void>((resolve) => server.listen(port, '127.0.0.1', resolve))
  state.origin = `https://localhost:${(server.address() as AddressInfo).port}`
  const disconnect = (): void => {
    for (const socket of sockets) socket.destroy()
  }
  return {
    url: state.origin,
    ca: identity.cert,
    subscribe: (key) => subscribe(state, key ?? null),
    holds: (endpoint) =>
      endpoint.startsWith(`${state.origin}/`) &&
      state.resources.get(new URL(endpoint).pathname)?.gone === false,
    remove: (endpoint) => {
      resourceOf(state, endpoint).gone = true
    },
    ledger: state.ledger,
    requests: () => state.requests,
    onMessage: (endpoint, listener) => attach(resourceOf(state, endpoint), listener, now()),
    faults: {
      set: (orders, endpoint) => state.faults.set(orders, endpoint && new URL(endpoint).pathname),
    },
    disconnect,
    stop: () =>
      new Promise((resolve) => {
        server.close(() => resolve())
        disconnect()
      }),
  }
}

function resourceOf({ resources }: State, endpoint: string): Resource {
  const resource = resources.get(new URL(endpoint).pathname)
  if (!resource) throw new Error('there is no such push resource')
  return resource
}

function subscribe(state: State, key: string | null): string {
  if (state.resources.size >= mostResources) throw new Error('too many push resources')
  const path = `/p/${state.resources.size}`
  state.resources.set(path, { key, gone: false, waiting: [], listeners: new Set() })
  return state.origin + path
}

type Answer = Parameters<Exchange['answer']>

/** Answers a request, unless a fault or an event stream takes it over. */
function handle(state: State, exchange: Exchange): void {
  const answer = answerTo(state, exchange)
  if (answer) exchange.answer(...answer)
}

function answerTo(state: State, exchange: Exchange): Answer | null {
  const { method, path } = exchange
  if (path.startsWith('/p/')) {
    if (method === 'POST') return push(state, exchange)
    if (method === 'GET') return listen(state, exchange)
    if (method === 'DELETE') return remove(state, exchange)
  }
  if (method === 'POST' && path === '/subscribe') return subscribed(state, exchange)
  if (method === 'GET' && path === '/ledger') return [200, {}, printed(state.ledger)]
  return [method === 'GET' && path === '/readyz' ? 204 : 404]
}

/** A message from an application server. */
function push(state: State, exchange: Exchange): Answer | null {
  state.requests++
  const fault = state.faults.next(exchange.path)
  if (fault?.kind === 'status')
    return [fault.status, fault.retryAfter === undefined ? {} : { 'retry-after': fault.retryAfter }]
  const takes = !fault || fault.kind === 'lost' || fault.kind === 'slow'
  const [status, why] = takes ? taken(state, exchange) : [0, '']
  if (!fault) return [status, status === 201 ? { location: `/m/${state.ledger.length}` } : {}, why]
  exchange.fail(fault)
  return null
}

/** Takes a message, or says which status it deserves and why. */
function taken(state: State, exchange: Exchange): [number, string] {
  const resource = state.resources.get(exchange.path)
  if (!resource) return [404, '']
  if (resource.gone) return [410, '']
  const wrong = resource.key === null ? null : vapidFault(state, exchange, resource.key)
  if (wrong) return [403, wrong]
  const message = readPush(exchange.path, exchange, state.now())
  if (Array.isArray(message)) return message
  state.ledger.push(message)
  deliver(resource, message)
  return [201, '']
}

/** Each header is checked once: a sender uses one for hours. */
function vapidFault(state: State, { headers }: Exchange, key: string): string | null {
  const header = String(headers.authorization ?? '')
  const known = state.known.get(header + key)
  if (known !== undefined) return known
  const wrong = faultOfVapid(header, key, state.origin, state.now())
  if (state.known.size > 1000) state.known.clear()
  state.known.set(header + key, wrong)
  return wrong
}

/** A browser that listens: an event stream of its messages, base64. */
function listen(state: State, exchange: Exchange): Answer | null {
  const resource = state.resources.get(exchange.path)
  if (!resource || resource.gone) return [resource ? 410 : 404]
  const left = { leave: (): void => {} }
  const write = exchange.stream(() => left.leave())
  const told = ({ body }: Accepted): void => write(`data: ${body.toString('base64')}\n\n`)
  left.leave = attach(resource, told, state.now())
  return null
}

function remove(state: State, exchange: Exchange): Answer {
  const resource = state.resources.get(exchange.path)
  if (resource) resource.gone = true
  return [resource ? 204 : 404]
}

function subscribed(state: State, exchange: Exchange): Answer {
  const endpoint = subscribe(state, keyIn(exchange.body.toString()))
  const headers = { location: endpoint, 'content-type': 'application/json' }
  return [201, headers, JSON.stringify({ endpoint })]
}

const printed = (ledger: readonly Accepted[]): string =>
  ledger.map(({ path, topic, body }) => `${path} ${topic} ${body.length}\n`).join('')

/** The key a subscription is bound to (RFC 8292 section 4.2), or null. */
function keyIn(body: string): string | null {
  try {
    const { applicationServerKey: key } = JSON.parse(body) as { applicationServerKey?: unknown }
    return typeof key === 'string' && /^[\w-]{87}$/.test(key) ? key : null
  } catch {
    return null
  }
}
