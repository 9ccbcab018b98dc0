import Fastify from 'fastify'

// Bare Fastify with the headers we always send: reads the body, parses the JSON, answers. The floor of what our
// router and our headers cost before any schema.
const answer = { id: '0a8f6d5e-3f2c-4c1b-9a59-6a2f3f8b7c11', receipt: '1234567812345678' }
const headers = {
  'x-content-type-options': 'nosniff',
  'referrer-policy': 'same-origin',
  'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
  'cache-control': 'no-store',
}
const server = Fastify({ logger: false })
server.get('/readyz', async () => ({ ready: true }))
server.post('/api/v1/reports', (_request, reply) => {
  reply.code(201).headers(headers).send(answer)
})
await server.listen({ port: Number(process.argv.at(-1)), host: '127.0.0.1' })
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0))
