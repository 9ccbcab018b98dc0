import { createInterface } from 'node:readline'
import { makeApp, makeHttp } from '../../src/app.ts'
import { migrateDatabase, root } from '../../src/commands/session.ts'
import type { PublicIncident } from '../../src/incidents/index.ts'
import { publishIncident } from '../../src/openness/publish-incident.ts'

// The program itself, on a database of its own; each line on standard input publishes one incident by
// the job that does so, and prints when it began. ours.ts PORT SIZE DATABASE_URL DATA
const [port = '', size = '', databaseUrl = '', data = ''] = process.argv.slice(2)
await migrateDatabase(databaseUrl)
const config = { root, data, city: 'lanternport', port: Number(port) }
const app = await makeApp({ config, databaseUrl, log: () => {} })
const { fastify } = await makeHttp(app, databaseUrl, null)
await fastify.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 })

let made = 0
function anIncident(): PublicIncident {
  const at = new Date().toISOString()
  return {
    id: `MARK-${made++}`.replace('MARK', 'BNCH'),
    revision: 1,
    status: 'confirmed',
    activity: 'stop',
    precision: 'corner',
    placeLabel: `MARK${'x'.repeat(Math.max(0, Number(size) - 480))}`,
    areaIds: ['harbour'],
    geometry: null,
    observedAt: at,
    publishedAt: at,
    confirmedAt: at,
    updatedAt: at,
    expiresAt: new Date(Date.now() + 3_600_000).toISOString(),
    correction: null,
  }
}

createInterface({ input: process.stdin })
  .on('line', () => {
    const snapshot = anIncident()
    console.log(String(process.hrtime.bigint()))
    void publishIncident(app.openness, {
      eventId: app.kernel.ids.uuid(),
      streamId: snapshot.id,
      kind: 'confirmed',
      snapshot,
    })
  })
  .on('close', () => process.exit(0))
