import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { PMTiles } from 'pmtiles'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { type TestApp, testApp } from '../../../test/harness.ts'
import { Memory } from '../../../test/memory-archive.ts'
import { root } from '../../commands/session.ts'
import { readConfig } from '../config.ts'
import { readRange } from './range.ts'

it('never answers a byte that is not there', () => {
  const header = fc.oneof(
    fc.string(),
    fc
      .tuple(fc.option(fc.nat()), fc.option(fc.nat()))
      .map(([a, b]) => `bytes=${a ?? ''}-${b ?? ''}`),
  )
  fc.assert(
    fc.property(header, fc.nat({ max: 1000 }), (text, size) => {
      const range = readRange(text, size)
      if (range === null || range === 'unsatisfiable') return
      expect(range.first).toBeGreaterThanOrEqual(0)
      expect(range.last).toBeGreaterThanOrEqual(range.first)
      expect(range.last).toBeLessThan(size)
    }),
  )
})

it.each([
  ['no-such-file.pmtiles', 'is not there'],
  ['package.json', 'is not a PMTiles file'],
  ['src', 'cannot be read'],
])('a base map %s stops the start with a sentence that names it', (baseMap, sentence) => {
  expect(() => readConfig(root, { baseMap }, {})).toThrow(
    new RegExp(`"[^"]*${baseMap}".*${sentence}`),
  )
})

describe('tiles over HTTP', () => {
  let app: TestApp
  let url: string
  let whole: Buffer
  beforeAll(async () => {
    app = await testApp()
    const { path, version } = await app.app.tiles.city()
    whole = readFileSync(path)
    url = `/tiles/lanternport.pmtiles?v=${version}`
  })
  afterAll(() => app.stop())
  const get = (headers: Record<string, string> = {}, path = url) =>
    app.server.inject({ method: 'GET', url: path, headers })

  it('are read by the library, and hold the streets of the city with their names', async () => {
    const archive = new PMTiles(new Memory(whole))
    const { minZoom, maxZoom } = await archive.getHeader()
    expect([minZoom, maxZoom]).toEqual([8, 14])
    const area = app.app.city.areas.find(({ kind }) => kind === 'neighbourhood')
    const { lat, lon } = area?.centre ?? app.app.city.centre
    const column = Math.floor(((lon + 180) / 360) * 2 ** 14)
    const sine = Math.sin((lat * Math.PI) / 180)
    const row = Math.floor((0.5 - Math.log((1 + sine) / (1 - sine)) / (4 * Math.PI)) * 2 ** 14)
    const tile = Buffer.from(
      (await archive.getZxy(14, column, row))?.data ?? new ArrayBuffer(0),
    ).toString('utf8')
    for (const name of ['roads', 'Street', 'land', 'name:ar']) expect(tile).toContain(name)
  })
  it('are sent whole, and kept for ever under an address that names their version', async () => {
    const { statusCode, headers, rawPayload } = await get()
    expect(statusCode).toBe(200)
    expect(rawPayload.equals(whole)).toBe(true)
    expect(headers).toMatchObject({
      'cache-control': 'public, max-age=31536000, immutable',
      'accept-ranges': 'bytes',
      'content-type': 'application/vnd.pmtiles',
    })
    expect(headers['set-cookie']).toBeUndefined()
    const plain = await get({}, '/tiles/lanternport.pmtiles')
    expect(plain.headers['cache-control']).toBe('public, max-age=3600')
  })
  it.each([
    ['bytes=0-6', 0, 7],
    ['bytes=10-10', 10, 11],
    ['bytes=100-', 100, undefined],
    ['bytes=-5', -5, undefined],
    ['bytes=5-999999999', 5, undefined],
  ] as const)('answers %s with exactly those bytes', async (range, from, to) => {
    const { statusCode, headers, rawPayload } = await get({ range })
    const wanted = whole.subarray(from, to)
    const first = from < 0 ? whole.length + from : from
    expect(statusCode).toBe(206)
    expect(rawPayload.equals(wanted)).toBe(true)
    expect(headers['content-length']).toBe(String(wanted.length))
    expect(headers['content-range']).toBe(
      `bytes ${first}-${first + wanted.length - 1}/${whole.length}`,
    )
  })
  it.each(['bytes=999999999-', 'bytes=-0', 'bytes=999999999-1000000000'])(
    'refuses %s and says how long the file is',
    async (range) => {
      const { statusCode, headers } = await get({ range })
      expect(statusCode).toBe(416)
      expect(headers['content-range']).toBe(`bytes */${whole.length}`)
      expect(headers['cache-control']).toBe('no-store')
    },
  )
  it.each([
    'bytes=5-2',
    'lines=1-2',
    'bytes=a-b',
    'bytes=0-1,5-6',
    'bytes=-',
    `bytes=${'9'.repeat(400)}-`,
  ])('ignores %s, as a server may', async (range) => {
    const { statusCode, rawPayload } = await get({ range })
    expect(statusCode).toBe(200)
    expect(rawPayload.length).toBe(whole.length)
  })
  it('sends a changed file whole to whoever holds a part of an older one', async () => {
    const { headers } = await get()
    const etag = String(headers.etag)
    expect((await get({ range: 'bytes=0-6', 'if-range': etag })).statusCode).toBe(206)
    expect((await get({ range: 'bytes=0-6', 'if-range': '"older"' })).statusCode).toBe(200)
    const fresh = await get({ 'if-none-match': etag })
    expect([fresh.statusCode, fresh.rawPayload.length]).toEqual([304, 0])
  })
  it.each([
    '/tiles/base.pmtiles',
    '/tiles/nyc.pmtiles',
    '/tiles/..%2f..%2fpackage.json',
    '/tiles/',
  ])('knows of no %s', async (path) => {
    expect((await get({}, path)).statusCode).toBe(404)
  })
  it('are the same bytes whenever they are cut, and lie over a base map of the operator', async () => {
    const { path: base } = await app.app.tiles.city()
    const again = await testApp({ baseMap: base })
    const { path } = await again.app.tiles.city()
    expect(readFileSync(path).equals(whole)).toBe(true)
    const request = {
      method: 'GET',
      url: '/tiles/base.pmtiles',
      headers: { range: 'bytes=0-6' },
    } as const
    const { statusCode, body } = await again.server.inject(request)
    expect([statusCode, body]).toEqual([206, 'PMTiles'])
    await again.stop()
  })
  it('tells the corner nearest to a point of the map, and of none outside the city', async () => {
    const { lat, lon } = app.app.city.centre
    const near = await app.call('GET', `/api/v1/places/nearest?lat=${lat}&lon=${lon}`)
    expect(near.body.place).toMatchObject({ kind: 'intersection' })
    expect(near.headers['cache-control']).toBe('no-store')
    const far = await app.call('GET', '/api/v1/places/nearest?lat=0&lon=0')
    expect(far.body).toEqual({ place: null })
    const bad = await app.call('GET', '/api/v1/places/nearest?lat=91&lon=x')
    expect(bad.status).toBe(422)
  })
})
