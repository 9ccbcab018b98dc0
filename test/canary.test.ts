import { randomBytes } from 'node:crypto'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { sha256 } from '../src/kernel/crypto.ts'
import { limits } from '../src/kernel/limits.ts'
import { tables } from '../src/schema.ts'
import { aReport, corner, type TestApp, testApp } from './harness.ts'

/** A word that stands nowhere else in the world; letters only, for long numbers are held back at the door. */
const canary = (where: string): string =>
  `canary${where}${randomBytes(8)
    .toString('hex')
    .replace(/\d/g, (digit) => 'ghjkmnpqrt'[Number(digit)] ?? '')}`
const words = {
  description: canary('description'),
  contact: canary('contact'),
  place: canary('place'),
  size: canary('size'),
  unit: canary('unit'),
  uniform: canary('uniform'),
  equipment: canary('equipment'),
  media: canary('media'),
  addition: canary('addition'),
  note: canary('note'),
}
const headers = {
  'user-agent': canary('agent'),
  'x-forwarded-for': canary('address'),
  forwarded: `for=${canary('forwarded')}`,
  cookie: `tracking=${canary('cookie')}`,
  referer: `https://${canary('referer')}.example/`,
  'accept-language': `en, ${canary('language')};q=0.1`,
  'x-request-id': canary('request'),
}
const key = canary('key')
const hidden = [...Object.values(headers), key].map((text) => /canary\w+/.exec(text)?.[0] ?? text)

const lines: string[] = []
const answers: string[] = []
let app: TestApp
let receipt = ''
let incident = ''

/** A call whose answer the public sees. */
async function publicly(
  method: string,
  path: string,
  body?: unknown,
  more: Record<string, string> = {},
) {
  const answer = await app.call(method, path, { body, headers: { ...headers, ...more } })
  answers.push(JSON.stringify([path, answer.headers, answer.text]))
  return answer
}

beforeAll(async () => {
  app = await testApp({ log: (line) => lines.push(line) })
  // A moment that no rounding hides by chance.
  app.clock.advance(3.29)
  const body = aReport(app, {
    observedAt: new Date(app.clock.now().getTime() - 20 * 60_000).toISOString(),
    description: words.description,
    contact: words.contact,
    size: words.size,
    unit: words.unit,
    uniform: words.uniform,
    equipment: words.equipment,
    media: [{ kind: 'link', url: `https://x.example/${words.media}` }],
  })
  const sent = await publicly('POST', '/api/v1/reports', body, { 'idempotency-key': key })
  expect(sent.status).toBe(201)
  receipt = sent.body.receipt
  answers.length = 0
  await publicly('POST', '/api/v1/reports', { ...aReport(app), place: { text: words.place } })
  answers.length = 0
  const added = await publicly(
    'POST',
    '/api/v1/reports/mine/additions',
    { text: words.addition },
    { authorization: `Receipt ${receipt}`, 'idempotency-key': key },
  )
  expect(added).toMatchObject({ status: 201 })
  await app.settle()
  incident = await publishIt(sent.body.id)
})
afterAll(() => app.stop())

async function publishIt(reportId: string): Promise<string> {
  const link = await app.kernel.db
    .selectFrom('incident_reports')
    .select('incident_id')
    .where('report_id', '=', reportId)
    .executeTakeFirstOrThrow()
  const id = link.incident_id
  const verifier = await app.token('verifier')
  const approver = await app.token('approver')
  const path = `/api/v1/desk/incidents/${id}`
  const found = { finding: 'confirmed', basis: 'on-scene', note: words.note }
  expect(
    (await app.call('POST', `${path}/findings`, { token: verifier, body: found, headers })).status,
  ).toBe(200)
  expect(
    (
      await app.call('POST', `${path}/sign-off`, {
        token: approver,
        body: { finding: 'confirmed' },
        headers,
      })
    ).status,
  ).toBe(200)
  await app.settle()
  return id
}

/** Every row of every table of a schema that holds a text, as `table.column`. */
async function whereIs(text: string, schema = 'public'): Promise<string[]> {
  const { rows: columns } = await app.app.pool.query(
    "select c.table_name, c.column_name from information_schema.columns c join information_schema.tables t using (table_schema, table_name) where table_schema = $1 and table_type = 'BASE TABLE'",
    [schema],
  )
  const found: string[] = []
  for (const { table_name: table, column_name: column } of columns) {
    const held = await app.app.pool.query(
      `select 1 from "${schema}"."${table}" where "${column}"::text like $1 limit 1`,
      [`%${text}%`],
    )
    if (held.rowCount) found.push(`${table}.${column}`)
  }
  return found
}

test('what people typed can be read in no table: it rests sealed', async () => {
  for (const [name, word] of Object.entries(words)) expect(await whereIs(word), name).toEqual([])
  const operator = await app.token('operator')
  const { text } = await app.call('GET', `/api/v1/desk/incidents/${incident}`, { token: operator })
  for (const word of [words.description, words.contact, words.addition, words.note])
    expect(text).toContain(word)
})

test('the page of all columns names every field that rests sealed', async () => {
  const { kernel, clock } = app
  const row = await kernel.db
    .selectFrom('reports')
    .selectAll()
    .where('receipt_hash', 'is not', null)
    .orderBy('media_count', 'desc')
    .executeTakeFirstOrThrow()
  const place = { table: 'reports', id: row.id, at: row.created_at, days: limits.restrictedDays }
  const fields = kernel.sealing.open<Record<string, unknown>>(place, row.sealed)
  expect(clock.now().getTime()).toBeGreaterThan(row.created_at.getTime())
  expect(Object.keys(fields ?? {}).length).toBeGreaterThan(8)
  expect(tables.reports.sealed.holds).toEqual(expect.arrayContaining(Object.keys(fields ?? {})))
})

test('what a request carries beside its body is kept nowhere', async () => {
  for (const word of hidden) expect(await whereIs(word), word).toEqual([])
})

test('a receipt is kept as a slow hash only, and a fast one of it leads nowhere', async () => {
  expect(await whereIs(receipt)).toEqual([])
  const quick = [
    receipt,
    `Receipt ${receipt}`,
    `addition ${receipt}\n${key}`,
    `addition ${receipt}`,
  ]
  for (const text of quick) expect(await whereIs(sha256(text)), text.slice(0, 9)).toEqual([])
})

test('no stored hash of a body lets anybody try what it said', async () => {
  const { rows } = await app.app.pool.query('select body_hash from idempotency_answers')
  const guess = sha256(JSON.stringify({ text: words.addition }))
  expect(rows.map(({ body_hash }) => body_hash)).not.toContain(guess)
})

test('the worker’s own tables hold none of it, not even its failures', async () => {
  for (const word of [...Object.values(words), ...hidden, receipt])
    expect(await whereIs(word, 'graphile_worker')).toEqual([])
})

test('no time at rest tells when somebody wrote to us', async () => {
  const { rows } = await app.app.pool.query(`
    select 'report' as what, received_at as at from reports union all select 'report', created_at from reports
    union all select 'addition', created_at from report_additions
    union all select 'key', created_at from idempotency_answers
    union all select 'incident', created_at from incidents union all select 'incident', last_report_at from incidents
    union all select 'link', created_at from incident_reports
    union all select type, at from events where actor_id is null and type not in ('incident.found', 'incident.signed-off', 'incident.published', 'alert.issued')
    union all select 'subscription', created_at from subscriptions
    union all select 'receipt', created_at from alert_receipts`)
  const fine = rows.filter(({ at }) => at.getTime() % (5 * 60_000) !== 0)
  expect(fine.map(({ what }) => what)).toEqual([])
})

test('nothing the public can read says any of it', async () => {
  const { rows } = await app.app.pool.query('select id from publications')
  const paths = [
    '/api/v1/incidents',
    `/api/v1/incidents/${incident}`,
    '/feeds/alerts.atom',
    '/feeds/alerts.cap.atom',
    '/feeds/alerts.json',
    '/feeds/alerts.geojson',
    `/cap/${rows[0].id}.xml`,
    '/metrics',
    '/api/openapi.json',
    `/api/v1/places?q=${words.place}`,
    `/nowhere/${words.place}`,
  ]
  for (const path of paths) await publicly('GET', path)
  await publicly('GET', '/api/v1/reports/mine', undefined, { authorization: `Receipt ${receipt}` })
  await publicly('POST', '/api/v1/check', { text: `${words.description} ${incident}` })
  const said = answers
    .join('\n')
    .replaceAll(`/places?q=${words.place}`, '')
    .replaceAll(`/nowhere/${words.place}`, '')
  for (const word of [...Object.values(words), ...hidden, receipt]) expect(said).not.toContain(word)
})

test('an error of ours says nothing of the person it happened to', async () => {
  await app.app.pool.query('alter table reports rename to reports_gone')
  const failed = await publicly(
    'POST',
    '/api/v1/reports',
    aReport(app, { description: words.description, place: corner(app, 1) }),
    { 'idempotency-key': `${key}2` },
  )
  const mine = await publicly('GET', '/api/v1/reports/mine', undefined, {
    authorization: `Receipt ${receipt}`,
  })
  await app.app.pool.query('alter table reports_gone rename to reports')
  expect([failed.status, mine.status]).toEqual([500, 500])
  expect(failed.body).toMatchObject({ code: 'kernel/unexpected' })
  expect(failed.text).not.toMatch(/reports_gone|relation|select|insert|node_modules/)
  const [id] = /[0-9a-f-]{36}/.exec(failed.body.title) ?? []
  const line = lines.find((text) => text.includes(String(id)))
  expect(JSON.parse(line ?? '{}')).toMatchObject({
    level: 'error',
    event: 'request failed',
    route: '/api/v1/reports',
  })
})

test('a job that fails says nothing of the person either', async () => {
  await app.app.pool.query(
    "insert into graphile_worker._private_tasks (identifier) values ('x') on conflict do nothing",
  )
  await app.app.pool.query('alter table incidents rename to incidents_gone')
  await publicly('POST', '/api/v1/reports', aReport(app, { description: words.description }))
  await expect(app.settle()).rejects.toThrow()
  await app.app.pool.query('alter table incidents_gone rename to incidents')
  for (const word of [...Object.values(words), ...hidden, receipt])
    expect(await whereIs(word, 'graphile_worker')).toEqual([])
})

test('no line of the log says any of it', () => {
  expect(lines.length).toBeGreaterThan(0)
  const log = lines.join('\n')
  for (const word of [...Object.values(words), ...hidden, receipt]) expect(log).not.toContain(word)
})
