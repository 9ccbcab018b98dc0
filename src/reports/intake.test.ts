import { afterAll, beforeAll, expect, test } from 'vitest'
import { aReport, corner, type TestApp, testApp } from '../../test/harness.ts'
import { sha256 } from '../kernel/crypto.ts'

let app: TestApp
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.stop())

const send = (key: string | null, change: Parameters<typeof aReport>[1] = {}) =>
  app.call('POST', '/api/v1/reports', {
    body: aReport(app, change),
    headers: key === null ? {} : { 'idempotency-key': key },
  })
const kept = async (): Promise<number> =>
  Number((await app.app.pool.query('select count(*) as n from reports')).rows[0].n)

test('a thousand at once are all kept, each with its own receipt and one event', async () => {
  const answers = await Promise.all(
    Array.from({ length: 1000 }, (_, i) => send(`flood-${i}`, { place: corner(app, i) })),
  )
  expect(answers.map(({ status }) => status).filter((status) => status !== 201)).toEqual([])
  expect(new Set(answers.map(({ body }) => body.receipt)).size).toBe(1000)
  expect(await kept()).toBe(1000)
  const { rows } = await app.app.pool.query(
    "select count(*)::int as n, count(distinct stream_id)::int as reports from events where type = 'report.received'",
  )
  expect(rows[0]).toEqual({ n: 1000, reports: 1000 })
})

test('the same key a hundred times at once is one report, and one answer', async () => {
  const before = await kept()
  const answers = await Promise.all(Array.from({ length: 100 }, () => send('again')))
  expect(new Set(answers.map(({ text }) => text)).size).toBe(1)
  expect(answers[0]?.status).toBe(201)
  expect(await kept()).toBe(before + 1)
})

test('another body under a key is refused, and its neighbours in the commit are not', async () => {
  await send('mine', { activity: 'raid' })
  const answers = await Promise.all([
    send('before', { place: corner(app, 1) }),
    send('mine', { activity: 'patrol' }),
    send('after', { place: corner(app, 2) }),
    send('mine', { activity: 'raid' }),
  ])
  expect(answers.map(({ status }) => status)).toEqual([201, 422, 201, 201])
  expect(answers[1]?.body.code).toBe('kernel/idempotency-mismatch')
})

test('one that the database refuses does not take the others with it', async () => {
  await app.app.pool.query(
    "alter table reports add constraint no_raids check (activity <> 'raid' or created_at < '2000-01-01') not valid",
  )
  try {
    const answers = await Promise.all([send(null), send(null, { activity: 'raid' }), send(null)])
    expect(answers.map(({ status }) => status)).toEqual([201, 500, 201])
  } finally {
    await app.app.pool.query('alter table reports drop constraint no_raids')
  }
})

test('a report that has to wait for a lock does not hold up the others', async () => {
  const { pool } = app.app
  const holder = await pool.connect()
  try {
    await holder.query('begin')
    const keyHash = sha256('report api \nheld')
    const row = [keyHash, keyHash, 201, Buffer.of(1), new Date(0)]
    await holder.query('insert into idempotency_answers values ($1, $2, $3, $4, $5)', row)
    const held = send('held', { place: corner(app, 4) })
    const waits =
      "select count(*)::int as n from pg_stat_activity where wait_event_type = 'Lock' and datname = current_database()"
    await expect.poll(async () => (await pool.query(waits)).rows[0].n).toBe(1)
    expect((await send('free', { place: corner(app, 5) })).status).toBe(201)
    expect((await pool.query(waits)).rows[0].n).toBe(1)
    await holder.query('rollback')
    expect((await held).status).toBe(201)
  } finally {
    await holder.query('rollback')
    holder.release()
  }
})

test('a receipt opens its report at once, and still does when it has been made slow', async () => {
  const { body } = await send(null, { place: corner(app, 3) })
  const mine = async () =>
    app.call('GET', '/api/v1/reports/mine', {
      headers: { authorization: `Receipt ${body.receipt}` },
    })
  const hash = async () =>
    (await app.app.pool.query('select receipt_hash from reports where id = $1', [body.id])).rows[0]
      .receipt_hash
  expect((await mine()).body.id).toBe(body.id)
  expect(await hash()).toMatch(/^quick:/)
  await app.kernel.db.deleteFrom('reports').where('id', '!=', body.id).execute()
  await app.settle()
  expect(await hash()).toMatch(/^[0-9a-f]{64}$/)
  expect((await mine()).body.id).toBe(body.id)
  const wrong = { authorization: 'Receipt 0000000000000000' }
  expect((await app.call('GET', '/api/v1/reports/mine', { headers: wrong })).status).toBe(404)
})

test('a receipt as 0.1.0 kept it still opens its report', async () => {
  const { body } = await send(null, { place: corner(app, 4) })
  const { slowHash } = await import('../kernel/crypto.ts')
  const old = await slowHash(body.receipt, app.kernel.secrets.receiptPepper)
  await app.app.pool.query('update reports set receipt_hash = $1 where id = $2', [old, body.id])
  const headers = { authorization: `Receipt ${body.receipt}` }
  expect((await app.call('GET', '/api/v1/reports/mine', { headers })).body.id).toBe(body.id)
})
