import type { FastifyRequest } from 'fastify'
import { limits } from '../../kernel/limits.ts'
import { Problem } from '../../kernel/problem.ts'

/** How much may be on its way to us at once: files rest in memory until they are checked. */
export function makeUploads(): {
  /** Lets an upload in before its body is read. Throws 411 without a length, 503 where too much is under way. */
  admit(request: FastifyRequest, answer: NodeJS.EventEmitter): Promise<void>
} {
  let underWay = 0
  return {
    async admit(request, answer) {
      const bytes = Number(request.headers['content-length'])
      if (!(bytes >= 0))
        throw new Problem('reports/media-length', 411, 'Send Content-Length with a photo or video.')
      // What is too large is refused in a moment by its own limit.
      if (bytes > limits.originalBytes) return
      if (underWay + bytes > limits.uploadBytesAtOnce)
        throw new Problem(
          'reports/media-busy',
          503,
          'Many pictures are coming in just now. Send this one again in a minute.',
        )
      underWay += bytes
      answer.once('close', () => {
        underWay -= bytes
      })
    },
  }
}
