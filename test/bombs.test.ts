import { spawnSync } from 'node:child_process'
import { createWriteStream, existsSync, mkdtempSync, readFileSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { brotliCompressSync, createGzip, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { importReports } from '../src/reports/index.ts'
import { aReport, type TestApp, testApp } from './harness.ts'

let app: TestApp
const folder = mkdtempSync(join(tmpdir(), 'porchlight-bombs-'))
beforeAll(async () => {
  app = await testApp()
})
afterAll(() => app.stop())

const row = (id: string, change: object = {}): string =>
  JSON.stringify({ id, ...aReport(app), ...change })
const write = (name: string, content: string | Buffer): string => {
  const path = join(folder, name)
  writeFileSync(path, content)
  return path
}
const megabyte = 1024 * 1024

/** A file of lines, one of which is far longer than any row; it never stands in memory whole. */
async function bomb(name: string, megabytes: number): Promise<string> {
  const path = join(folder, name)
  function* pieces(): Generator<string> {
    yield `${row('before')}\n{"id":"`
    for (let n = 0; n < megabytes; n++) yield '0'.repeat(megabyte)
    yield `"}\n${row('after')}\n`
  }
  await pipeline(Readable.from(pieces()), createGzip(), createWriteStream(path))
  return path
}

test('a row of half a gigabyte in half a megabyte is refused, and its neighbours are taken', async () => {
  const file = await bomb('bomb.jsonl.gz', 512)
  expect(readFileSync(file).length).toBeLessThan(megabyte)
  const before = process.memoryUsage().rss
  const result = await importReports(app.app.reports, { file })
  expect(result).toMatchObject({ accepted: 2, refused: 1 })
  expect(readFileSync(`${file}.refused.csv`, 'utf8')).toContain('longer than 1 MB')
  expect(process.memoryUsage().rss - before).toBeLessThan(300 * megabyte)
}, 60_000)

test.each<[string, () => Buffer]>([
  ['cut.jsonl.gz', () => gzipSync(row('cut').repeat(1000)).subarray(0, 90)],
  ['no.jsonl.gz', () => Buffer.from('this is no gzip')],
])('%s, which does not unpack, is told as what it is', async (name, content) => {
  const file = write(name, content())
  await expect(importReports(app.app.reports, { file })).rejects.toThrow(
    /unexpected end|incorrect header/,
  )
})

test('two hundred thousand brackets are a row that is refused', async () => {
  const deep = `${'['.repeat(200_000)}${']'.repeat(200_000)}`
  const lines = write('deep.jsonl', `${row('one')}\n{"id":"deep","place":${deep}}\n`)
  expect(await importReports(app.app.reports, { file: lines })).toMatchObject({ refused: 1 })
  const features = `{"type":"FeatureCollection","features":[{"type":"Feature","id":"deep","geometry":{"type":"Point","coordinates":${deep}},"properties":{}}]}`
  const collection = write('deep.geojson', features)
  expect(await importReports(app.app.reports, { file: collection })).toMatchObject({
    accepted: 0,
    refused: 1,
  })
})

test('geometry that is none is refused row by row', async () => {
  const coordinates = [
    [],
    [1],
    ['1', '2'],
    [null, null],
    [1e308, 1e308],
    [181, 0],
    [0, 91],
    [[1, 2]],
    {},
  ]
  const features = coordinates.map((value, n) => ({
    type: 'Feature',
    id: `g${n}`,
    geometry: { type: 'Point', coordinates: value },
    properties: { activity: 'stop', observedAt: aReport(app).observedAt, firstHand: true },
  }))
  const file = write('bad.geojson', JSON.stringify({ type: 'FeatureCollection', features }))
  expect(await importReports(app.app.reports, { file })).toMatchObject({
    accepted: 0,
    refused: coordinates.length,
  })
})

test.each([
  ['br', brotliCompressSync(Buffer.alloc(50 * megabyte))],
  ['gzip', gzipSync(Buffer.alloc(50 * megabyte))],
])('a body packed as %s is not unpacked', async (encoding, body) => {
  const answer = await app.server.inject({
    method: 'POST',
    url: '/api/v1/reports',
    headers: { 'content-type': 'application/json', 'content-encoding': encoding },
    payload: body,
  })
  expect(answer.statusCode).toBe(415)
  expect(answer.json().code).toBe('kernel/content-encoding')
})

/** Cells that a spreadsheet would work out. */
const formulas = [
  '=1+1',
  '+1+1',
  '-1+1',
  '@SUM(1;1)',
  '\t=1+1',
  '\r=1+1',
  '=HYPERLINK("https://elsewhere.example";"tap")',
  '=WEBSERVICE("https://elsewhere.example")',
  "=cmd|' /C calc'!A0",
]
const office = ['/usr/bin/soffice', '/usr/bin/libreoffice'].find(existsSync)

test('no cell of the file of refused rows is a formula, by rule', async () => {
  const rows = formulas.map((formula, n) =>
    row(`=${n}+1`, { observedAt: 'never', description: formula }),
  )
  const result = await importReports(app.app.reports, {
    file: write('formulas.jsonl', rows.join('\n')),
  })
  expect(result.refused).toBe(formulas.length)
  const csv = readFileSync(String(result.refusedFile), 'utf8')
  const cells = csv.split('\n').flatMap((line) => line.split(/,(?=(?:[^"]*"[^"]*")*[^"]*$)/))
  expect(cells.filter((cell) => /^"?[=+\-@\t\r]/.test(cell))).toEqual([])
})

// LibreOffice is hundreds of megabytes: where it is not there this says so and how to have it.
if (!office)
  console.log('No LibreOffice here: apt-get install -y libreoffice-calc lets the next test run.')
test.skipIf(!office)(
  'LibreOffice works none of them out either',
  () => {
    const csv = join(folder, 'formulas.jsonl.refused.csv')
    const args = [
      `-env:UserInstallation=file://${folder}/office`,
      '--headless',
      '--convert-to',
      'fods',
    ]
    const run = spawnSync(String(office), [...args, '--outdir', folder, csv], { timeout: 120_000 })
    expect(run.status, String(run.stderr)).toBe(0)
    const sheet = readFileSync(join(folder, 'formulas.jsonl.refused.fods'), 'utf8')
    expect(sheet).not.toContain('table:formula')
    expect(sheet).toContain('1+1')
  },
  180_000,
)
