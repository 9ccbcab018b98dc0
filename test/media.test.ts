import { spawnSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { existsSync, readdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { Decrypter, Encrypter, generateX25519Identity, identityToRecipient } from 'age-encryption'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { limits } from '../src/kernel/limits.ts'
import { limitedCommand, makeDecoder } from '../src/reports/media/decode.ts'
import { mulberry, spoilt } from './fuzz-media.ts'
import { reported, type TestApp, testApp } from './harness.ts'
import { canary, jpegWithExif, png, video } from './media-files.ts'

let app: TestApp
let identity: string
let sent: Awaited<ReturnType<typeof reported>>
beforeAll(async () => {
  identity = await generateX25519Identity()
  app = await testApp({ evidenceRecipient: await identityToRecipient(identity) })
  sent = await reported(app)
})
afterAll(() => app.stop())

interface Upload {
  type?: string
  receipt?: string
  key?: string
}

async function upload(bytes: Buffer, { type = 'image/jpeg', receipt, key }: Upload = {}) {
  const answer = await app.server.inject({
    method: 'POST',
    url: '/api/v1/reports/mine/media',
    headers: {
      authorization: `Receipt ${receipt ?? sent.receipt}`,
      'content-type': type,
      'content-length': String(bytes.length),
      ...(key && { 'idempotency-key': key }),
    },
    payload: bytes,
  })
  return { status: answer.statusCode, body: answer.json() as { id: string; code?: string } }
}

const look = async (id: string, role: Parameters<TestApp['token']>[0], path = '') => {
  const token = await app.token(role)
  return app.server.inject({
    url: `/api/v1/desk/media/${id}${path}`,
    headers: { authorization: `Bearer ${token}` },
  })
}

const folder = (): string => join(app.app.config.data, 'media')
const files = (): string[] => (existsSync(folder()) ? readdirSync(folder()) : [])
const bytesOnDisk = (): Buffer =>
  Buffer.concat(files().map((name) => readFileSync(join(folder(), name))))

test.each([
  ['a JPEG with EXIF', 'image/jpeg', () => jpegWithExif()],
  ['a PNG with a text chunk', 'image/png', async () => png(40, 30)],
  ['a WebM with tags', 'video/webm', () => video('webm')],
  ['an MP4 with tags', 'video/mp4', () => video('mp4')],
] as const)('%s is kept without anything but its pictures', async (_name, type, make) => {
  const { receipt } = await reported(app)
  const bytes = await make()
  expect(bytes.includes(canary)).toBe(true)
  const { status, body } = await upload(bytes, { type, receipt })
  expect(status).toBe(201)
  const seen = await look(body.id, 'operator')
  expect(seen.statusCode).toBe(200)
  expect(seen.headers).toMatchObject({
    'content-type': type.startsWith('image/') ? 'image/jpeg' : type,
    'x-content-type-options': 'nosniff',
    'cache-control': 'no-store',
    'content-security-policy': "default-src 'none'; sandbox",
  })
  expect(seen.rawPayload.length).toBeGreaterThan(100)
  expect(seen.rawPayload.includes(canary)).toBe(false)
  // Sealed at rest: not even our own copy can be found in the files.
  expect(bytesOnDisk().includes(seen.rawPayload.subarray(0, 64))).toBe(false)
})

test.each([
  [
    'a script behind a picture',
    async () => Buffer.concat([await jpegWithExif(), Buffer.from('<script>alert(1)</script>')]),
  ],
  [
    'a zip behind a picture',
    async () => Buffer.concat([await jpegWithExif(), Buffer.from('PK\x05\x06'), Buffer.alloc(18)]),
  ],
] as const)('%s does not come through', async (_name, make) => {
  const { receipt } = await reported(app)
  const { status, body } = await upload(await make(), { receipt })
  expect(status).toBe(201)
  const { rawPayload } = await look(body.id, 'operator')
  expect(rawPayload.includes('<script>')).toBe(false)
  expect(rawPayload.includes('PK\x05\x06')).toBe(false)
})

test('whichever comes first, a picture or the taking back, nothing of it stays', async () => {
  for (let wait = 0; wait <= 120; wait += 20) {
    const { receipt, reportId } = await reported(app)
    const bytes = await jpegWithExif()
    const takeBack = async () => {
      await new Promise((resolve) => setTimeout(resolve, wait))
      return app.call('DELETE', '/api/v1/reports/mine', {
        headers: { authorization: `Receipt ${receipt}` },
      })
    }
    const [sent, taken] = await Promise.all([upload(bytes, { receipt }), takeBack()])
    expect(taken.status).toBeLessThan(300)
    expect([201, 409]).toContain(sent.status)
    const { rows } = await app.app.pool.query('select id from report_media where report_id = $1', [
      reportId,
    ])
    expect(rows, `taken back after ${wait} ms`).toEqual([])
    if (sent.status === 201) expect((await look(sent.body.id, 'operator')).statusCode).toBe(404)
  }
})

test.each([
  ['a bomb of 900 million pixels', 'image/png', () => png(30_000, 30_000), 422],
  ['a PNG that ends too soon', 'image/png', () => png(400, 300).subarray(0, 90), 422],
  ['a clip of a year', 'video/webm', () => video('webm', { seconds: 90 }), 422],
  ['a picture as wide as a wall', 'image/jpeg', () => jpegClaiming(60_000, 60_000), 422],
  ['an SVG', 'image/jpeg', () => Buffer.from('<svg xmlns="http://www.w3.org/2000/svg"/>'), 415],
  ['a GIF', 'image/jpeg', () => Buffer.from('GIF89a'), 415],
  ['a HEIC', 'video/mp4', () => Buffer.from('\0\0\0\x18ftypheic\0\0\0\0', 'latin1'), 415],
  ['a PDF', 'image/png', () => Buffer.from('%PDF-1.7'), 415],
  ['a PNG that calls itself a JPEG', 'image/jpeg', () => png(4, 4), 415],
  ['nothing', 'image/jpeg', () => Buffer.alloc(0), 415],
  ['HTML by its right name', 'text/html', () => Buffer.from('<p>'), 415],
  [
    'a photo of nine megabytes',
    'image/jpeg',
    async () => Buffer.concat([await jpegWithExif(), Buffer.alloc(limits.photoBytes)]),
    413,
  ],
] as const)('%s is refused, and the server goes on', async (_name, type, make, wanted) => {
  const before = process.memoryUsage().rss
  const { status, body } = await upload(await make(), { type })
  expect([status, body.code]).toEqual([
    wanted,
    expect.stringMatching(/^(reports\/media-|kernel\/)/),
  ])
  expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
})

/** Its header says what it is not. */
async function jpegClaiming(width: number, height: number): Promise<Buffer> {
  const bytes = await jpegWithExif()
  const frame = bytes.findIndex(
    (byte, at) => byte === 0xff && [0xc0, 0xc2].includes(bytes[at + 1] ?? 0),
  )
  bytes.writeUInt16BE(height, frame + 5)
  bytes.writeUInt16BE(width, frame + 7)
  return bytes
}

test('sent again under its key it is one, and a report takes ten at most', async () => {
  const { receipt } = await reported(app)
  const bytes = await jpegWithExif()
  const key = randomUUID()
  const first = await upload(bytes, { receipt, key })
  const [second, third] = await Promise.all([
    upload(bytes, { receipt, key }),
    upload(bytes, { receipt, key }),
  ])
  expect([second, third]).toEqual([first, first])
  for (let n = 1; n < limits.mediaItems; n++)
    expect((await upload(bytes, { receipt })).status).toBe(201)
  expect((await upload(bytes, { receipt })).body.code).toBe('reports/too-many-media')
  const mine = await app.call('GET', '/api/v1/reports/mine', {
    headers: { authorization: `Receipt ${receipt}` },
  })
  expect(mine.body.media).toHaveLength(limits.mediaItems)
  const one = { id: first.body.id, kind: 'photo', state: 'waiting', original: false }
  expect(mine.body.media).toContainEqual(one)
  expect((await upload(bytes, { receipt: '0000000000000000' })).status).toBe(404)
})

test('until somebody has looked, only who reviews sees it; each look is on record', async () => {
  const { receipt, incidentId, reportId } = await reported(app)
  const { body } = await upload(await jpegWithExif(), { receipt })
  const others = ['verifier', 'approver', 'dispatcher'] as const
  const status = async (role: (typeof others)[number] | 'operator' | 'lawyer' | 'admin') =>
    (await look(body.id, role)).statusCode
  for (const role of others) expect(await status(role)).toBe(404)
  expect(await status('operator')).toBe(200)
  const review = (outcome: string) => async () =>
    app.call('POST', `/api/v1/desk/media/${body.id}/review`, {
      token: await app.token('operator'),
      body: { outcome },
    })
  expect((await review('cleared')()).body).toMatchObject({ state: 'cleared' })
  for (const role of others) expect(await status(role)).toBe(200)
  await review('held-back')()
  for (const role of others) expect(await status(role)).toBe(404)
  for (const role of ['lawyer', 'admin'] as const) expect(await status(role)).toBe(403)
  const incident = await app.call('GET', `/api/v1/desk/incidents/${incidentId}`, {
    token: await app.token('verifier'),
  })
  const reports: { id: string; media: unknown }[] = incident.body.reports
  expect(reports.find(({ id }) => id === reportId)?.media).toEqual([
    { id: body.id, kind: 'photo', state: 'held-back', original: false },
  ])
  const { rows } = await app.app.pool.query(
    "select count(*)::int as looks from audit_entries where action = 'media.seen' and object = $1",
    [`media:${body.id}`],
  )
  expect(rows[0].looks).toBe(4)
})

test('an original is what the phone sealed, and only its recipient opens it', async () => {
  const { receipt } = await reported(app)
  const { body } = await upload(await jpegWithExif(), { receipt })
  const untouched = Buffer.concat([await jpegWithExif(), Buffer.from(canary)])
  const encrypter = new Encrypter()
  encrypter.addRecipient(await identityToRecipient(identity))
  const sealed = Buffer.from(await encrypter.encrypt(untouched))
  const put = (payload: Buffer, id = body.id) =>
    app.server.inject({
      method: 'PUT',
      url: `/api/v1/reports/mine/media/${id}/original`,
      headers: {
        authorization: `Receipt ${receipt}`,
        'content-type': 'application/octet-stream',
        'content-length': String(payload.length),
      },
      payload,
    })
  expect((await put(untouched)).statusCode).toBe(422)
  expect((await put(sealed, randomUUID())).statusCode).toBe(404)
  expect((await put(sealed)).statusCode).toBe(204)
  expect((await look(body.id, 'operator', '/original')).statusCode).toBe(403)
  const taken = await look(body.id, 'lawyer', '/original')
  expect(taken.rawPayload.equals(sealed)).toBe(true)
  const decrypter = new Decrypter()
  decrypter.addIdentity(identity)
  expect(Buffer.from(await decrypter.decrypt(taken.rawPayload)).equals(untouched)).toBe(true)
  const list = await app.call('GET', '/api/v1/desk/originals', { token: await app.token('lawyer') })
  expect(list.body.originals).toContainEqual(
    expect.objectContaining({ id: body.id, bytes: sealed.length }),
  )
})

test('what is taken back is gone from the disk, and the copies of others go with their days', async () => {
  const { receipt } = await reported(app)
  const kept = await upload(await jpegWithExif())
  const gone = await upload(await jpegWithExif(), { receipt })
  expect(files()).toEqual(expect.arrayContaining([kept.body.id, gone.body.id]))
  await app.call('DELETE', '/api/v1/reports/mine', {
    headers: { authorization: `Receipt ${receipt}` },
  })
  await app.settle()
  expect(files()).not.toContain(gone.body.id)
  expect(files()).toContain(kept.body.id)
  // A crash between the file and its row: nothing finds it, and the sweep takes it after an hour.
  writeFileSync(join(folder(), `${randomUUID()}.new`), 'half')
  const now = app.kernel.clock.now().getTime() / 1000
  for (const name of files()) utimesSync(join(folder(), name), now, now)
  const sealed = readFileSync(join(folder(), kept.body.id))
  app.clock.advance((24 * limits.restrictedDays + 2) * 60)
  await app.app.jobs['kernel:retention']?.({})
  await app.app.jobs['reports:sweep-media']?.({})
  expect(files().filter((name) => !name.endsWith('.age'))).toEqual([])
  // Yesterday's copy of the folder, put back: its key is destroyed.
  writeFileSync(join(folder(), kept.body.id), sealed)
  expect((await look(kept.body.id, 'operator')).statusCode).toBe(404)
})

test('a decoder can open no socket, read no other file, start no program and no thread', () => {
  const tries = `
    const tried = async (name, what) => { try { await what(); return name } catch { return null } }
    const done = await Promise.all([
      tried('file', async () => (await import('node:fs')).readFileSync('/etc/passwd')),
      tried('project', async () => (await import('node:fs')).readFileSync('${join(import.meta.dirname, '../src/app.ts')}')),
      tried('write', async () => (await import('node:fs')).writeFileSync('/tmp/written-by-decoder', 'x')),
      tried('socket', async () => { const { connect } = await import('node:net'); await new Promise((ok, no) => connect(59123, '127.0.0.1').on('connect', ok).on('error', (error) => (error.code === 'ECONNREFUSED' ? ok() : no(error)))) }),
      tried('fetch', async () => { await fetch('http://127.0.0.1:59123/').catch((error) => { if (error.cause?.code === 'ECONNREFUSED') return; throw error }) }),
      tried('program', async () => (await import('node:child_process')).execFileSync('/bin/true')),
      tried('thread', async () => new (await import('node:worker_threads')).Worker('1', { eval: true })),
          ])
    console.log(JSON.stringify([done.filter(Boolean), Object.keys(process.env)]))`
  const probe = join(import.meta.dirname, '../src/reports/media/decoder.ts')
  const [command, words] = limitedCommand(limits.decoderSeconds, probe)
  const run = (program: string, flags: string[]): unknown => {
    const all = [...flags, '--input-type=module', '--eval', tries]
    return JSON.parse(
      spawnSync(program, all, { env: {}, encoding: 'utf8', timeout: 20_000 }).stdout,
    )
  }
  expect(run(command, words.slice(0, words.indexOf(probe)))).toEqual([[], []])
  // The same tries, where nothing forbids them: they would be seen.
  const free = ['file', 'project', 'write', 'socket', 'fetch', 'program', 'thread']
  expect(run(process.execPath, [])).toEqual([free, []])
})

test('spoilt files neither stop the server nor hang it', async () => {
  const random = mulberry(20261124)
  const seeds = [await jpegWithExif(), png(60, 40), await video('webm'), await video('mp4')]
  const decoder = makeDecoder()
  const outcomes = await Promise.all(
    Array.from({ length: 8 }, async (_, n) => {
      const bytes = spoilt(seeds[n % seeds.length] as Buffer, random)
      return decoder.clean(bytes).then(
        () => 'cleaned',
        ({ code }) => code,
      )
    }),
  )
  for (const outcome of outcomes) expect(['cleaned', 'reports/media-unreadable']).toContain(outcome)
})
