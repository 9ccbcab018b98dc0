import fc from 'fast-check'
import { cellToBoundary, latLngToCell } from 'h3-js'
import Parser from 'rss-parser'
import { afterAll, beforeAll, beforeEach, expect, test } from 'vitest'
import { faultsByCap } from '../../test/cap-schema.ts'
import { corner, reported, type TestApp, testApp } from '../../test/harness.ts'
import { makeToken } from '../desk/index.ts'
import { distanceMetres, type Point } from '../kernel/geo.ts'
import { placeKinds } from '../reports/contract.ts'

let app: TestApp
let verifier: string
let approver: string
beforeAll(async () => {
  app = await testApp({ publicUrl: 'https://porchlight.example' })
  verifier = await longToken('verifier')
  approver = await longToken('approver')
})
afterAll(() => app.stop())

/** A token that outlives the days this file lets pass. */
const longToken = async (role: 'verifier' | 'approver'): Promise<string> =>
  (await makeToken(app.kernel, { role, person: role, organisation: 'Harbour', hours: 720 })).token

beforeEach(async () => {
  await app.app.pool.query('truncate reports, incidents, publications, events cascade')
})

const post = (path: string, token: string, body: unknown = {}) =>
  app.call('POST', `/api/v1/desk/incidents/${path}`, { token, body })

type Change = Parameters<typeof reported>[1]
/** An incident that two people stand behind. */
async function published(change: Change = {}): Promise<string> {
  const { incidentId } = await reported(app, change)
  await post(`${incidentId}/findings`, verifier, { finding: 'confirmed', basis: 'on-scene' })
  expect((await post(`${incidentId}/sign-off`, approver, { finding: 'confirmed' })).status).toBe(
    200,
  )
  await app.settle()
  return incidentId
}

/** Confirmed, confirmed again, corrected: an Alert, an Update and a Cancel. */
async function aWholeLife(): Promise<{ id: string; messages: string[] }> {
  const id = await published()
  app.clock.advance(30)
  await post(`${id}/findings`, verifier, { finding: 'confirmed', basis: 'on-scene' })
  await post(`${id}/sign-off`, approver, { finding: 'confirmed' })
  app.clock.advance(5)
  await post(`${id}/correct`, approver, { now: 'unfounded' })
  await app.settle()
  const { rows } = await app.app.pool.query('select id from publications order by seq')
  const texts = await Promise.all(rows.map((row) => app.call('GET', `/cap/${row.id}.xml`)))
  return { id, messages: texts.map(({ text }) => text) }
}

const all = (xml: string, name: string): string[] =>
  [...xml.matchAll(new RegExp(`<${name}>([^<]*)</${name}>`, 'g'))].map((match) => match[1] ?? '')

test('every message of an incident’s life is valid CAP 1.2', async () => {
  const { messages } = await aWholeLife()
  expect(await Promise.all(messages.map(faultsByCap))).toEqual(['', '', ''])
  expect(messages.map((xml) => all(xml, 'msgType')[0])).toEqual(['Alert', 'Update', 'Cancel'])
})

test('a message that is not CAP would be found out', async () => {
  const [first = ''] = (await aWholeLife()).messages
  expect(await faultsByCap(first.replace('<scope>Public</scope>', ''))).toMatch(/scope/)
  expect(
    await faultsByCap(first.replace('<status>Actual</status>', '<status>Real</status>')),
  ).toMatch(/status/)
  expect(
    await faultsByCap(first.replace(/<sent>.*<\/sent>/, '<sent>2026-11-23T18:00:00Z</sent>')),
  ).toMatch(/sent/)
})

test('an Update and a Cancel refer to everything said before, alone and inside the feed', async () => {
  const { messages } = await aWholeLife()
  const said = messages.map(
    (xml) => `porchlight.example,${all(xml, 'identifier')[0]},${all(xml, 'sent')[0]}`,
  )
  expect(messages.map((xml) => all(xml, 'references')[0])).toEqual([
    undefined,
    said[0],
    `${said[0]} ${said[1]}`,
  ])
  const { text } = await app.call('GET', '/feeds/alerts.cap.atom')
  expect(all(text, 'references')).toEqual([`${said[0]} ${said[1]}`, said[0]])
})

test('a message says it once in each language of the city', async () => {
  const [first = ''] = (await aWholeLife()).messages
  expect(all(first, 'language')).toEqual(app.app.city.languages.map(({ code }) => code))
  expect(all(first, 'headline').every((text) => text.length > 0 && text.length <= 160)).toBe(true)
})

test('a reader of Atom reads it', async () => {
  const { id } = await aWholeLife()
  const { text, headers } = await app.call('GET', '/feeds/alerts.atom?lang=en')
  expect(String(headers['content-type'])).toMatch('application/atom+xml')
  const feed = await new Parser().parseString(text)
  expect(feed.items).toHaveLength(3)
  expect(feed.items[0]).toMatchObject({
    link: `https://porchlight.example/en/live/${id}`,
    title: expect.stringMatching(/^Correction: /),
  })
  expect(new Set(feed.items.map((item) => item.id)).size).toBe(3)
})

test('JSON Feed and GeoJSON have what their standards ask', async () => {
  await aWholeLife()
  const feed = (await app.call('GET', '/feeds/alerts.json')).body
  expect(feed).toMatchObject({
    version: 'https://jsonfeed.org/version/1.1',
    title: expect.any(String),
  })
  for (const item of feed.items) {
    expect(item).toMatchObject({
      id: expect.any(String),
      content_text: expect.stringMatching(/./),
      url: expect.stringMatching(/^https:/),
    })
    expect(new Date(item.date_published).toISOString()).toBe(item.date_published)
  }
  const map = (await app.call('GET', '/feeds/alerts.geojson')).body
  expect(map.type).toBe('FeatureCollection')
  for (const feature of map.features)
    expect(feature).toMatchObject({
      type: 'Feature',
      geometry: { type: 'Point' },
      properties: expect.any(Object),
    })
})

test('a home is its neighbourhood, a school a wide place, a street its corner', async () => {
  const kinds = ['home', 'school', 'street'] as const
  for (const [n, placeKind] of kinds.entries())
    await published({ place: corner(app, n), placeKind })
  const { features } = (await app.call('GET', '/feeds/alerts.geojson')).body
  const [street, school, home] = features
  expect(street.geometry.type).toBe('Point')
  expect([school.geometry.type, school.properties.precision]).toEqual(['Polygon', 'wide'])
  // Wide, and the same for every door inside: it points at none of them.
  const [ring] = school.geometry.coordinates
  const points = ring.map(([lon, lat]: number[]) => ({ lat, lon }))
  for (const point of points.slice(0, 3))
    expect(Math.max(...points.map((p: Point) => distanceMetres(p, point)))).toBeGreaterThan(600)
  const { lat, lon } = corner(app, 1)
  const next = await published({
    place: { lat: lat + 0.0002, lon },
    placeKind: 'school',
    activity: 'raid',
  })
  const { geometry } = (await app.call('GET', `/api/v1/incidents/${next}`)).body
  expect(geometry).toEqual(school.geometry)
  expect(['Polygon', 'MultiPolygon']).toContain(home.geometry.type)
  expect(home.properties.precision).toBe('neighbourhood')
})

test('whatever the kind of place, no public word holds the point that was reported', async () => {
  const { bbox } = app.app.city
  const places = fc.record({
    lat: fc.double({ min: bbox[1], max: bbox[3], noNaN: true }),
    lon: fc.double({ min: bbox[0], max: bbox[2], noNaN: true }),
  })
  const inside = places.filter((point) => app.app.city.contains(point))
  await fc.assert(
    fc.asyncProperty(inside, fc.constantFrom(...placeKinds), async (place, placeKind) => {
      await app.app.pool.query('truncate reports, incidents, publications, events cascade')
      const id = await published({ place, placeKind })
      await notThePoint(id, place)
      app.clock.advance(181)
      await app.app.jobs['incidents:pass-time']?.({})
      await app.settle()
      await notThePoint(id, place)
    }),
    // Without shrinking: a smaller place says no more, and its days would outlive the tokens.
    { numRuns: 15, endOnFailure: true },
  )
}, 60_000)

const sameDigits = (degrees: number): string => String(degrees).slice(0, 9)

/** Numbers that the city's own boundaries, or those of H3's cells, hold: one of them says nothing of a report. */
const boundaryNumbers = ({ lat, lon }: Point): Set<string> => {
  const areas = app.app.city.areas.map(({ id }) => app.app.city.areaShape(id))
  const cells = [6, 7, 8, 9].map((width) => cellToBoundary(latLngToCell(lat, lon, width)))
  const rounded = cells.flat(2).map((degrees) => String(Number(degrees.toFixed(5))))
  const numbers = JSON.stringify(areas).match(/-?\d+\.\d+/g) ?? []
  return new Set([...numbers, ...rounded].map((number) => number.slice(0, 9)))
}

async function notThePoint(id: string, { lat, lon }: { lat: number; lon: number }): Promise<void> {
  const near = app.app.city.nearestCorner({ lat, lon })
  if (near && near.lat === lat && near.lon === lon) return
  const { rows } = await app.app.pool.query('select id from publications')
  const paths = [
    '/api/v1/incidents',
    `/api/v1/incidents/${id}`,
    '/feeds/alerts.atom',
    '/feeds/alerts.cap.atom',
    '/feeds/alerts.json',
    '/feeds/alerts.geojson',
    ...rows.map((row) => `/cap/${row.id}.xml`),
  ]
  const known = boundaryNumbers({ lat, lon })
  for (const path of paths) {
    const { text } = await app.call('GET', path)
    // Four digits are eleven metres: finer than any door.
    for (const degrees of [lat, lon])
      if (
        Math.abs(degrees * 1e4 - Math.round(degrees * 1e4)) > 1e-6 &&
        !known.has(sameDigits(degrees))
      )
        expect(text, path).not.toContain(sameDigits(degrees))
  }
}

test('a box finds what it touches, and not what lies beside it', async () => {
  const id = await published({ place: corner(app, 0), placeKind: 'home' })
  const { lat, lon } = corner(app, 0)
  const found = async (box: number[]) =>
    (await app.call('GET', `/api/v1/incidents?bbox=${box.join()}`)).body.features.map(
      (f: { id: string }) => f.id,
    )
  expect(await found([lon - 0.0001, lat - 0.0001, lon + 0.0001, lat + 0.0001])).toEqual([id])
  expect(await found([lon + 5, lat + 5, lon + 6, lat + 6])).toEqual([])
})
