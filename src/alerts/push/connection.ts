import { type ClientHttp2Session, connect as connectHttp2, constants } from 'node:http2'
import { Agent, request } from 'node:https'
import { isIP } from 'node:net'
import { type ConnectionOptions, connect as connectTls } from 'node:tls'
import { limits } from '../../kernel/limits.ts'
import { type LookupAll, publicLookup } from '../../kernel/net/public-address.ts'
import type { Reply } from './rules.ts'

/** A line to one push service, over whichever HTTP it speaks. */
export interface Connection {
  /** Requests it takes at once. */
  room(): number
  /** Whether it takes another request. */
  isOpen(): boolean
  /**
   * Posts a message; `done` hears the reply once, as soon as its head is there. Answers how to give up, after
   * which `done` hears of no status.
   */
  post(path: string, headers: PostHeaders, body: Buffer, done: (reply: Reply) => void): () => void
  close(): void
}

export type PostHeaders = Record<string, string | number>

export interface ConnectOptions {
  /** Authorities to trust beside the system's none: tests' own. Nothing is ever trusted unchecked. */
  ca?: string | readonly string[]
  allowLoopback?: boolean
  /** The resolver, where it is not the system's. Whatever it finds has to be public. */
  lookup?: LookupAll
}

/** Why there is no connection: `refused` where the name leads inside, which no second try mends. */
export type NoConnection = 'failed' | 'refused'

/** Seconds that the rest of an answer may take after its head. */
const restSeconds = 5

/**
 * Connects by TLS, and speaks HTTP/2 or HTTP/1.1 as the other side chooses. `done` hears once; `ended` when an open
 * HTTP/2 connection takes no more requests. Answers how to give up.
 */
export function connect(
  origin: URL,
  options: ConnectOptions,
  done: (result: Connection | NoConnection) => void,
  ended: () => void,
): () => void {
  const tls = tlsOptions(origin, options)
  const socket = connectTls({ ...tls, ALPNProtocols: ['h2', 'http/1.1'] })
  let over = false
  const finish = (result: Connection | NoConnection): void => {
    if (over) return
    over = true
    done(result)
  }
  socket.once('close', () => finish('failed'))
  socket.on('error', (error: NodeJS.ErrnoException) => {
    finish(error.code === 'ENOTPUBLIC' ? 'refused' : 'failed')
    socket.destroy()
  })
  socket.once('secureConnect', () => {
    if (socket.alpnProtocol === 'h2') {
      const session = connectHttp2(origin, { createConnection: () => socket })
      session.once('remoteSettings', () => finish(overHttp2(session)))
      for (const event of ['goaway', 'close'] as const) session.once(event, ended)
      session.on('error', () => {})
    } else {
      finish(overHttp1(tls))
      socket.destroy()
    }
  })
  return () => socket.destroy()
}

function tlsOptions({ hostname, port }: URL, { ca, allowLoopback, lookup }: ConnectOptions) {
  const host = hostname.replace(/^\[|\]$/g, '')
  return {
    host,
    port: Number(port || 443),
    lookup: publicLookup({ allowLoopback, lookup }),
    ...(ca ? { ca: ca as string } : {}),
    ...(isIP(host) ? {} : { servername: host }),
  } satisfies ConnectionOptions
}

function overHttp2(session: ClientHttp2Session): Connection {
  let leaving = false
  session.once('goaway', () => {
    leaving = true
  })
  return {
    room: () => session.remoteSettings.maxConcurrentStreams ?? 100,
    isOpen: () => !leaving && !session.closed && !session.destroyed,
    post(path, headers, body, done) {
      const stream = session.request({ ':method': 'POST', ':path': path, ...headers })
      let heard = false
      stream.once('response', (answer, flags) => {
        heard = true
        done({ status: answer[':status'] ?? null, retryAfter: answer['retry-after'] })
        if (flags & constants.NGHTTP2_FLAG_END_STREAM) return
        const rest = setTimeout(() => stream.close(constants.NGHTTP2_CANCEL), restSeconds * 1000)
        stream.once('close', () => clearTimeout(rest))
        stream.resume()
      })
      stream.on('error', () => {})
      stream.once('close', () => {
        if (!heard) done({ status: null })
      })
      stream.end(body)
      return () => stream.close(constants.NGHTTP2_CANCEL)
    },
    close: () => session.destroy(),
  }
}

function overHttp1(tls: ReturnType<typeof tlsOptions>): Connection {
  const agent = new Agent({ ...tls, keepAlive: true, maxSockets: limits.pushConnectionsPerOrigin })
  let open = true
  return {
    room: () => limits.pushConnectionsPerOrigin,
    isOpen: () => open,
    post(path, headers, body, done) {
      let heard = false
      const asked = request({ ...tls, agent, path, method: 'POST', headers }, (answer) => {
        heard = true
        done({ status: answer.statusCode ?? null, retryAfter: answer.headers['retry-after'] })
        const rest = setTimeout(() => asked.destroy(), restSeconds * 1000)
        answer.once('close', () => clearTimeout(rest))
        answer.resume()
      })
      asked.on('error', () => {})
      asked.once('close', () => {
        if (!heard) done({ status: null })
      })
      asked.end(body)
      return () => asked.destroy()
    },
    close: () => {
      open = false
      agent.destroy()
    },
  }
}
