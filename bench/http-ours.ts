import { makeServer } from '../src/kernel/http/server.ts'
import { makeLog } from '../src/kernel/telemetry/log.ts'
import { makeMetrics } from '../src/kernel/telemetry/metrics.ts'
import { Accepted, NewReport } from '../src/reports/contract.ts'

// The program's own HTTP server with the report's schema in and out, and nothing behind it: what HTTP costs.
const answer: Accepted = { id: '0a8f6d5e-3f2c-4c1b-9a59-6a2f3f8b7c11', receipt: '1234567812345678' }
const server = await makeServer({
  log: makeLog(() => {}),
  metrics: makeMetrics(),
  version: 'bench',
  description: 'bench',
  authenticate: async () => null,
})
const anyone = { permit: 'anyone' as const }
server.get('/readyz', { config: anyone }, async () => ({ ready: true }))
server.post(
  '/api/v1/reports',
  { config: anyone, schema: { body: NewReport, response: { 201: Accepted } } },
  async (_request, reply) => reply.code(201).header('cache-control', 'no-store').send(answer),
)
await server.listen({ port: Number(process.argv.at(-1)), host: '127.0.0.1' })
for (const signal of ['SIGTERM', 'SIGINT']) process.once(signal, () => process.exit(0))
