import type { FastifyInstance } from 'fastify'

/** How to tell us of a weakness (RFC 9116). Expires within a year, as the RFC asks. */
export function wellKnownApi(app: FastifyInstance, origin: string): void {
  app.get(
    '/.well-known/security.txt',
    { config: { permit: 'anyone' }, schema: { hide: true } },
    async (_request, reply) => {
      const expires = new Date(Date.now() + 180 * 86_400_000).toISOString()
      const lines = [
        `Contact: ${origin}/en/about/security`,
        `Expires: ${expires}`,
        'Preferred-Languages: en, es',
        `Canonical: ${origin}/.well-known/security.txt`,
        `Policy: ${origin}/en/about/security`,
      ]
      return reply.type('text/plain; charset=utf-8').send(`${lines.join('\n')}\n`)
    },
  )
}
