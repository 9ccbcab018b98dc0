import { STATUS_CODES } from 'node:http'
import type { Socket } from 'node:net'
import { Problem } from '../problem.ts'
import { problemBody } from './problems.ts'

/** What Node itself refuses, before there is a request: it too is told as a problem. */
const known: Record<string, Problem> = {
  HPE_HEADER_OVERFLOW: new Problem('kernel/headers-too-large', 431, 'The headers are too large.'),
  ERR_HTTP_REQUEST_TIMEOUT: new Problem(
    'kernel/too-slow',
    408,
    'The request took too long to arrive.',
  ),
}
const malformed = new Problem('kernel/bad-request', 400, 'The request could not be understood.')

/** Answers on the bare socket and closes it. */
export function answerClientError(error: NodeJS.ErrnoException, socket: Socket): void {
  if (error.code === 'ECONNRESET' || socket.destroyed || !socket.writable) return
  const problem = known[error.code ?? ''] ?? malformed
  const body = JSON.stringify(problemBody(problem))
  socket.end(
    [
      `HTTP/1.1 ${problem.status} ${STATUS_CODES[problem.status]}`,
      'Content-Type: application/problem+json',
      `Content-Length: ${Buffer.byteLength(body)}`,
      'Connection: close',
      '',
      body,
    ].join('\r\n'),
  )
}
