import type { FastifyReply, FastifyRequest } from 'fastify'
import type { ServedFeed } from './feed/serve-feed.ts'

/** Answers with a feed: the same bytes for everybody, compressed where that is understood. */
export function sendFeed(
  request: FastifyRequest,
  reply: FastifyReply,
  { bytes, compressed }: ServedFeed,
): FastifyReply {
  const brotli = /\bbr\b/.test(request.headers['accept-encoding'] ?? '')
  if (brotli) reply.header('content-encoding', 'br')
  return reply
    .header('access-control-allow-origin', '*')
    .header('cache-control', 'public, max-age=5')
    .header('vary', 'accept-encoding')
    .type('application/octet-stream')
    .send(brotli ? compressed : bytes)
}
