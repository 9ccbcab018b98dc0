import { createServer as createHttp1, type IncomingMessage, type ServerResponse } from 'node:http'
import {
  constants,
  performServerHandshake,
  type ServerHttp2Session,
  type ServerHttp2Stream,
} from 'node:http2'
import type { Duplex } from 'node:stream'
import { createServer as createTls, type Server, type TLSSocket } from 'node:tls'
import type { Fault } from './faults.ts'

/** One request and how to answer it, the same over HTTP/2 and HTTP/1.1. */
export interface Exchange {
  method: string
  path: string
  headers: Record<string, string | string[] | undefined>
  body: Buffer
  answer(status: number, headers?: Record<string, string>, body?: string): void
  /** Answers with 200 and goes on writing: an event stream. */
  stream(onClose: () => void): (text: string) => void
  /** Does what a fault without an answer of its own says. */
  fail(fault: Fault): void
}

const mostBytes = 64 * 1024

/** TLS that speaks HTTP/2 or HTTP/1.1, as the other side asks; `handle` hears every whole request. */
export function listenWith(
  identity: { key: string; cert: string },
  protocols: readonly string[],
  handle: (exchange: Exchange) => void,
): Server {
  const http1 = createHttp1((request, response) =>
    read(request, (body) => handle(overHttp1(request, response, body))),
  )
  return createTls({ ...identity, ALPNProtocols: [...protocols] }, (socket) => {
    socket.on('error', () => socket.destroy())
    if (socket.alpnProtocol === 'h2') speakHttp2(socket, handle)
    else http1.emit('connection', socket)
  })
}

function speakHttp2(socket: TLSSocket, handle: (exchange: Exchange) => void): void {
  const session = performServerHandshake(socket as unknown as Duplex, {
    settings: { maxConcurrentStreams: 250, initialWindowSize: 1_000_000 },
  })
  // A client lets 64 KB be under way on one connection otherwise: a bench's wait, not a push service's.
  session.setLocalWindowSize(4_000_000)
  session.on('error', () => session.destroy())
  const line: Line = { session, socket, last: Number.POSITIVE_INFINITY }
  session.on('stream', (stream, headers) => {
    stream.on('error', () => {})
    read(stream, (body) => {
      // Whoever said that it goes takes nothing after what it named (RFC 9113 section 6.8).
      if ((stream.id ?? 0) <= line.last)
        handle(overHttp2(line, stream, headers as Exchange['headers'], body))
    })
  })
}

/** One HTTP/2 connection; `last` is the last stream it takes. */
interface Line {
  session: ServerHttp2Session
  socket: TLSSocket
  last: number
}

function read(from: IncomingMessage | ServerHttp2Stream, done: (body: Buffer) => void): void {
  const chunks: Buffer[] = []
  let bytes = 0
  from.on('data', (chunk: Buffer) => {
    bytes += chunk.length
    if (bytes <= mostBytes) chunks.push(chunk)
  })
  from.on('end', () => done(chunks.length === 1 ? (chunks[0] as Buffer) : Buffer.concat(chunks)))
}

function overHttp1(request: IncomingMessage, response: ServerResponse, body: Buffer): Exchange {
  const { socket } = request
  return {
    method: request.method ?? '',
    path: request.url ?? '',
    headers: request.headers,
    body,
    answer: (status, headers = {}, text = '') => {
      response
        .writeHead(status, { ...headers, 'content-length': Buffer.byteLength(text) })
        .end(text)
    },
    stream: (onClose) => {
      response.writeHead(200, { 'content-type': 'text/event-stream' }).flushHeaders()
      response.on('close', onClose)
      return (text) => response.write(text)
    },
    fail: (fault) => {
      if (fault.kind === 'silence') return
      if (fault.kind === 'half') socket.write('HTTP/1.1 201 Crea')
      if (fault.kind === 'slow') drip(socket, fault.bytesPerSecond)
      else socket.destroySoon()
    },
  }
}

/** The answer's bytes one after another, at so many a second, for as long as somebody listens. */
function drip(socket: IncomingMessage['socket'], bytesPerSecond: number): void {
  const bytes = Buffer.from('HTTP/1.1 201 Created\r\ncontent-length: 0\r\n\r\n')
  let at = 0
  const timer = setInterval(() => {
    if (at < bytes.length) socket.write(bytes.subarray(at, ++at))
    else clearInterval(timer)
  }, 1000 / bytesPerSecond)
  socket.once('close', () => clearInterval(timer))
}

function overHttp2(
  line: Line,
  stream: ServerHttp2Stream,
  headers: Exchange['headers'],
  body: Buffer,
): Exchange {
  const answer: Exchange['answer'] = (status, more = {}, text = '') => {
    if (stream.destroyed) return
    stream.respond({ ':status': status, ...more }, { endStream: text === '' })
    if (text !== '') stream.end(text)
  }
  return {
    method: String(headers[':method']),
    path: String(headers[':path']),
    headers,
    body,
    answer,
    stream: (onClose) => {
      stream.respond({ ':status': 200, 'content-type': 'text/event-stream' })
      stream.on('close', onClose)
      return (text) => stream.write(text)
    },
    fail: (fault) => failHttp2(fault, line, stream, answer),
  }
}

function failHttp2(
  fault: Fault,
  line: Line,
  stream: ServerHttp2Stream,
  answer: Exchange['answer'],
): void {
  switch (fault.kind) {
    case 'silence':
      break
    case 'slow':
      // A frame of headers is some 40 bytes; less than a whole one says nothing to the other side.
      setTimeout(() => answer(201), 40_000 / fault.bytesPerSecond).unref()
      break
    case 'half':
    case 'lost':
      line.socket.destroy()
      break
    case 'goaway':
      line.last = Math.min(line.last, Math.max(0, (stream.id ?? 2) - 2))
      line.session.goaway(constants.NGHTTP2_NO_ERROR, line.last)
      break
    case 'refuse':
      stream.close(constants.NGHTTP2_REFUSED_STREAM)
      break
    default:
      stream.close(constants.NGHTTP2_INTERNAL_ERROR)
  }
}
