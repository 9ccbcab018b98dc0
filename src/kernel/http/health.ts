import type { FastifyInstance } from 'fastify'
import { sql } from 'kysely'
import type { Db } from '../db/database.ts'
import type { Metrics } from '../telemetry/metrics.ts'

const anyone = { permit: 'anyone' as const }

/** Liveness, readiness and metrics. Ready means: the database answers within two seconds. */
export function healthApi(
  app: FastifyInstance,
  { db, metrics, stopping }: { db: Db; metrics: Metrics; stopping: () => boolean },
): void {
  app.get('/healthz', { config: anyone }, async () => ({ status: 'ok' }))
  app.get('/readyz', { config: anyone }, async (_request, reply) => {
    const ready = !stopping() && (await answers(db))
    return reply.code(ready ? 200 : 503).send({ status: ready ? 'ready' : 'not ready' })
  })
  app.get('/metrics', { config: anyone }, async (_request, reply) =>
    reply.type(metrics.registry.contentType).send(await metrics.registry.metrics()),
  )
}

async function answers(db: Db): Promise<boolean> {
  const late = new Promise<boolean>((resolve) => setTimeout(() => resolve(false), 2000).unref())
  return Promise.race([
    sql`select 1`.execute(db).then(
      () => true,
      () => false,
    ),
    late,
  ])
}
