import { existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { corner, type TestApp, testApp } from '../../test/harness.ts'
import { importReports } from './import-reports.ts'
import { reportsById } from './store.ts'

let app: TestApp
const folder = mkdtempSync(join(tmpdir(), 'porchlight-import-'))
const file = (name: string, content: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const stored = async () => {
  const rows = await app.kernel.db
    .selectFrom('reports')
    .select('id')
    .where('source', '=', 'import')
    .execute()
  const ids = rows.map(({ id }) => id)
  return reportsById(app.app.reports, app.kernel.db, ids)
}

beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.stop())

const line = (id: string, change: object = {}): string =>
  JSON.stringify({
    id,
    activity: 'stop',
    place: corner(app, 0),
    observedAt: '2026-11-23T17:00:00Z',
    firstHand: true,
    ...change,
  })

test('JSONL: every row is accepted or refused with its reason, and twice changes nothing', async () => {
  const path = file(
    'a.jsonl',
    [
      line('one'),
      line('two', { description: 'Two vans\u2028at the corner' }),
      line('far', { place: { lat: 10, lon: 10 } }),
      line('odd', { shoeSize: 44 }),
      line('later', { observedAt: '2027-01-01T00:00:00Z' }),
      '{"id": broken',
      '[1]',
      JSON.stringify({ activity: 'stop' }),
    ].join('\n'),
  )
  const first = await importReports(app.app.reports, { file: path })
  expect(first).toMatchObject({ accepted: 2, refused: 6, duplicates: 0 })
  const refused = readFileSync(`${path}.refused.csv`, 'utf8')
  for (const reason of [
    'not in Lanternport',
    'unknown field shoeSize',
    'in the future',
    'not valid JSON',
    'not a JSON object',
    'every row needs the id',
  ])
    expect(refused).toContain(reason)

  const second = await importReports(app.app.reports, { file: path })
  expect(second).toMatchObject({ accepted: 0, refused: 6, duplicates: 2 })
  expect(await stored()).toHaveLength(2)
})

test('a dry run says the same and changes nothing', async () => {
  const before = (await stored()).length
  const path = file('dry.jsonl', [line('dry-1'), line('dry-1'), line('dry-2')].join('\n'))
  const result = await importReports(app.app.reports, { file: path, dryRun: true })
  expect(result).toMatchObject({ accepted: 2, duplicates: 1, refused: 0 })
  expect(await stored()).toHaveLength(before)
})

test('CSV by mapped columns, day before month as the whole file shows, times in the city zone', async () => {
  const { lat, lon } = corner(app, 1)
  const path = file(
    'b.csv.gz',
    gzipSync(
      `Nr,When,Y,X,Words\n7,18/05/2026 16:26,${lat},${lon},"Three cars, ""dark"""\n8,05/06/2026 10:00,${lat},${lon},\n9,soon,${lat},${lon},x\n`,
    ),
  )
  const map = { Nr: 'id', When: 'observedAt', Y: 'lat', X: 'lon', Words: 'description' }
  const result = await importReports(app.app.reports, { file: path, map })
  expect(result).toMatchObject({ accepted: 2, refused: 1 })
  const rows = await stored()
  const seven = rows.find((row) => row.source_id === '7')
  // Lanternport keeps Bermuda's time: three hours behind in May.
  expect(seven).toMatchObject({
    description: 'Three cars, "dark"',
    observed_at: new Date('2026-05-18T19:26:00Z'),
  })
  expect(rows.find((row) => row.source_id === '8')?.observed_at).toEqual(
    new Date('2026-06-05T13:00:00Z'),
  )
})

test('the sightings export is read by its own field names, outside the city only when asked', async () => {
  const row = JSON.stringify({
    id: 's-1',
    source: 'x',
    occurred_at: null,
    reported_at: '2026-10-02T04:00:00+00:00',
    category: 'Traffic Stop',
    lat: 35.2,
    lng: -80.7,
    place: 'Somewhere',
    text: 'Varios agentes en la esquina parando carros',
    original_language: 'es',
    has_media: true,
    reported_local: 'Oct 2, 2026',
  })
  const path = file('sightings.jsonl', row)
  expect(await importReports(app.app.reports, { file: path })).toMatchObject({
    accepted: 0,
    refused: 1,
  })
  expect(await importReports(app.app.reports, { file: path, cityLess: true })).toMatchObject({
    accepted: 1,
    refused: 0,
  })
  expect(existsSync(`${path}.refused.csv`)).toBe(false)
  const [kept] = (await stored()).filter(({ source_id }) => source_id === 's-1')
  expect(kept).toMatchObject({
    activity: 'stop',
    area_ids: [],
    language: 'es',
    media_count: 1,
    time_uncertainty_minutes: 1440,
  })
})

test('midnight to the second says which day it was, and no more', async () => {
  // Lanternport keeps Bermuda's time: four hours behind in November.
  const path = file(
    'midnight.jsonl',
    [
      line('m-1', { observedAt: '2026-11-22T04:00:00Z' }),
      line('m-2', { observedAt: '2026-11-22T04:05:00Z' }),
    ].join('\n'),
  )
  await importReports(app.app.reports, { file: path })
  const uncertainty = Object.fromEntries(
    (await stored()).map((row) => [row.source_id, row.time_uncertainty_minutes]),
  )
  expect(uncertainty).toMatchObject({ 'm-1': 1440, 'm-2': 10 })
})

test('GeoJSON points come in; other shapes are refused', async () => {
  const { lat, lon } = corner(app, 2)
  const feature = (id: string, geometry: object) => ({
    type: 'Feature',
    id,
    geometry,
    properties: { activity: 'raid', observedAt: '2026-11-23T17:30:00Z' },
  })
  const path = file(
    'c.geojson',
    JSON.stringify({
      type: 'FeatureCollection',
      features: [
        feature('g1', { type: 'Point', coordinates: [lon, lat] }),
        feature('g2', { type: 'LineString', coordinates: [] }),
      ],
    }),
  )
  expect(await importReports(app.app.reports, { file: path })).toMatchObject({
    accepted: 1,
    refused: 1,
  })
})

test('a cell that a spreadsheet would run is inert in the refused file', async () => {
  const path = file('evil.jsonl', line('=cmd()', { place: { lat: 0, lon: 0 } }))
  await importReports(app.app.reports, { file: path })
  expect(readFileSync(`${path}.refused.csv`, 'utf8')).not.toMatch(/(^|,)=cmd/m)
})

test('a broken archive is an error, not a short file', async () => {
  const whole = gzipSync(Array.from({ length: 2000 }, (_, i) => line(`z${i}`)).join('\n'))
  for (const name of ['cut.jsonl.gz', 'cut.csv.gz'])
    await expect(
      importReports(app.app.reports, { file: file(name, whole.subarray(0, 3000)) }),
    ).rejects.toThrow()
})

test('a file of another kind, or that is not there, is one clear sentence', async () => {
  await expect(importReports(app.app.reports, { file: file('x.pdf', '') })).rejects.toThrow(
    'neither .jsonl, .csv nor .geojson',
  )
  await expect(importReports(app.app.reports, { file: join(folder, 'gone.csv') })).rejects.toThrow(
    'There is no file',
  )
})
