import { readFileSync } from 'node:fs'
import { createInterface } from 'node:readline'
import { cellToParent, latLngToCell } from 'h3-js'
import { addressHash, sealEndpoint } from '../../src/alerts/endpoints.ts'
import { packCells } from '../../src/alerts/matching/stored-cells.ts'
import { insertSubscription } from '../../src/alerts/store-subscriptions.ts'
import { makeApp, makeHttp, startAppJobs } from '../../src/app.ts'
import { migrateDatabase, root } from '../../src/commands/session.ts'
import { makeToken } from '../../src/desk/index.ts'
import { subscribers } from '../push-subscribers.ts'

// The program itself, with jobs, on a database of its own, and so many phones that asked for alerts of the
// whole city. `prepare` reports, has one person find, and waits until nothing is left to do; `go` is the second
// approval, and prints the monotonic nanoseconds before it. ours.ts PORT DATABASE_URL DATA PUSH_URL CA_FILE PHONES
const [port = '', databaseUrl = '', data = '', push = '', ca = '', phones = ''] =
  process.argv.slice(2)
await migrateDatabase(databaseUrl)
const app = await makeApp({
  config: { root, data, city: 'lanternport', port: Number(port) },
  databaseUrl,
  loopback: { ca: readFileSync(ca, 'utf8') },
  log: () => {},
})
const { fastify } = await makeHttp(app, databaseUrl, null)
const { kernel, city } = app
const corners = city.areas
  .filter(({ kind }) => kind === 'neighbourhood')
  .flatMap(({ centre }) => city.nearestCorner(centre) ?? [])

await subscribeAll()
await startAppJobs(app)
await fastify.listen({ port: Number(port), host: '127.0.0.1', backlog: 4096 })

async function subscribeAll(): Promise<void> {
  const wide = corners.map(({ lat, lon }) => cellToParent(latLngToCell(lat, lon, 9), 5))
  const cells = packCells([...new Set(wide)].map((cell) => ({ cell, rank: 0 })))
  await kernel.db.transaction().execute(async (tx) => {
    for (const [n, { strings }] of subscribers(Number(phones)).entries()) {
      const endpoint = { channel: 'webpush' as const, endpoint: `${push}/p/${n}`, ...strings }
      const hash = addressHash(kernel, 'webpush', endpoint.endpoint)
      await insertSubscription(tx, {
        ...{ capability_hash: `${n}`, state: 'active', channel: 'webpush', origin: push },
        ...{ language: 'es', cells, wants: 1, quiet_from: null, quiet_to: null },
        sealed_endpoint: sealEndpoint(kernel, hash, endpoint),
        ...{ contact_hash: hash, confirm_hash: null, gone_at: null },
        created_at: kernel.clock.now(),
      })
    }
  })
}

const tokenOf = async (role: 'verifier' | 'approver', organisation: string): Promise<string> =>
  (await makeToken(kernel, { role, person: role, organisation })).token
const verifier = await tokenOf('verifier', 'Harbour Neighbours')
const approver = await tokenOf('approver', 'Tidewater')

async function post(path: string, body: object, token?: string): Promise<{ id: string }> {
  const answer = await fetch(`http://127.0.0.1:${port}/api/v1${path}`, {
    method: 'POST',
    headers: {
      'content-type': 'application/json',
      ...(token ? { authorization: `Bearer ${token}` } : {}),
    },
    body: JSON.stringify(body),
  })
  if (!answer.ok) throw new Error(`${path}: ${answer.status} ${await answer.text()}`)
  return answer.json() as Promise<{ id: string }>
}

let round = 0
let incident = ''

/** Answers once a query has rows. */
async function until(query: string, values: unknown[] = []): Promise<Record<string, string>> {
  for (;;) {
    const { rows } = await app.pool.query(query, values)
    if (rows[0]) return rows[0]
    await new Promise((resolve) => setTimeout(resolve, 20))
  }
}

const nothingLeft = `select 1 as done where not exists (select 1 from graphile_worker.jobs where run_at <= now())`

async function prepare(): Promise<void> {
  const { lat, lon } = corners[round++ % corners.length] ?? { lat: 0, lon: 0 }
  const report = {
    ...{ activity: 'stop', place: { lat, lon }, placeKind: 'street', firstHand: true },
    observedAt: new Date().toISOString(),
  }
  const { id } = await post('/reports', report)
  const linked = 'select incident_id from incident_reports where report_id = $1'
  incident = String((await until(linked, [id])).incident_id)
  const found = { finding: 'confirmed', basis: 'on-scene' }
  await post(`/desk/incidents/${incident}/findings`, found, verifier)
  await until(nothingLeft)
  for (let made = 0; made < Number(phones); made += 500) await app.jobs['alerts:prepare-keys']?.({})
  await until('select 1 as done where (select count(*) from push_keys) >= $1', [Number(phones)])
}

createInterface({ input: process.stdin })
  .on('line', async (line) => {
    if (line === 'prepare') {
      await prepare()
      console.log('ready')
      return
    }
    console.log(String(process.hrtime.bigint()))
    await post(`/desk/incidents/${incident}/sign-off`, { finding: 'confirmed' }, approver)
  })
  .on('close', () => process.exit(0))
