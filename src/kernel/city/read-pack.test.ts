import { execFile } from 'node:child_process'
import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { promisify } from 'node:util'
import { afterEach, beforeEach, expect, it, test } from 'vitest'
import { faultLine, readPack } from './read-pack.ts'

const LANTERNPORT = fileURLToPath(new URL('../../../cities/lanternport', import.meta.url))
const TOOL = fileURLToPath(new URL('../../../tools/check-city.ts', import.meta.url))
let folder: string

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'pack-'))
  await cp(LANTERNPORT, folder, { recursive: true })
})
afterEach(() => rm(folder, { recursive: true }))

const replace = async (file: string, from: string | RegExp, to: string) => {
  const text = await readFile(join(folder, file), 'utf8')
  const changed = text.replace(from, to)
  if (changed === text) throw new Error(`nothing to replace in ${file}`)
  await writeFile(join(folder, file), changed)
}

const faults: [name: string, breakIt: () => Promise<void>, line: string][] = [
  ['no pack.json', () => rm(join(folder, 'pack.json')), 'pack.json: is missing'],
  ['broken JSON', () => replace('pack.json', '{', ''), 'pack.json: is not valid JSON'],
  [
    'a setting left out',
    () => replace('pack.json', '"timeZone": "Atlantic/Bermuda",', ''),
    'pack.json: "timeZone"',
  ],
  ['a setting nobody knows', () => replace('pack.json', '"zoom"', '"zooom": 1, "zoom"'), '"zooom"'],
  [
    'a time zone nobody knows',
    () => replace('pack.json', 'Atlantic/Bermuda', 'Atlantic/Lantern'),
    '"timeZone" is "Atlantic/Lantern"',
  ],
  [
    'a default language not spoken',
    () => replace('pack.json', '"defaultLanguage": "en"', '"defaultLanguage": "fr"'),
    '"defaultLanguage" is "fr"',
  ],
  [
    'a contact without a day',
    () => replace('pack.json', '2026-11-01', 'last week'),
    '"contacts.0.asOf": must be a day',
  ],
  [
    'policy that is no object',
    () => replace('pack.json', /"policy": \{[\s\S]*\}\n\}/, '"policy": 7\n}'),
    '"policy"',
  ],
  [
    'a dataset not in the folder',
    () => rm(join(folder, 'streets.csv')),
    'streets.csv: is listed in pack.json',
  ],
  [
    'a row count that is off',
    () => replace('places.csv', /police.*\n/, ''),
    'places.csv: holds 25 rows but pack.json says 26',
  ],
  [
    'a column left out',
    () => replace('corners.csv', 'street_b', 'other'),
    'corners.csv: lacks the column street_b',
  ],
  [
    'a latitude that is no number',
    () => replace('corners.csv', '41.188612', 'north'),
    'corners.csv, row 2: has no usable lat and lon',
  ],
  [
    'lat and lon swapped',
    () => replace('places.csv', /41\.\d+,-58\.\d+,1,/, '-58.3,41.2,1,'),
    'places.csv: "Anchor St" at -58.3, 41.2 lies outside',
  ],
  [
    'a parent that no area has',
    () => replace('corners.csv', 'borough-harbourside', 'borough-nowhere'),
    '"borough-nowhere", which no area has',
  ],
  [
    'an area id used twice',
    () => replace('areas/neighbourhoods.geojson', 'nta-LP02', 'nta-LP01'),
    'two areas have the id "nta-LP01"',
  ],
  [
    'an area without a closed ring',
    () => replace('areas/zips.geojson', '"coordinates":[[[', '"coordinates":[[[-58.9,41.1],['),
    'areas/zips.geojson, row 1: has no usable shape',
  ],
  [
    'labels in a language not listed',
    () => replace('areas/boroughs.geojson', '"es":', '"tlh":'),
    'areas have labels in "tlh"',
  ],
  [
    'a land kind without areas',
    () => replace('pack.json', '"landKind": "borough"', '"landKind": "county"'),
    '"landKind" is "county"',
  ],
]

test.each(faults)('%s is told', async (_, breakIt, line) => {
  await breakIt()
  const { faults: found } = await readPack(folder)
  expect(found.map(faultLine).join('\n')).toContain(line)
})

it('finds no fault in a whole pack', async () => {
  expect((await readPack(folder)).faults).toEqual([])
})

it('is told by the tool with exit code 1, and 0 with a summary when all is well', async () => {
  const run = promisify(execFile)
  const { stdout } = await run(process.execPath, [TOOL, folder])
  expect(stdout).toContain('Lanternport: no faults.')
  await rm(join(folder, 'streets.csv'))
  await expect(run(process.execPath, [TOOL, folder])).rejects.toMatchObject({
    code: 1,
    stdout: expect.stringContaining('streets.csv'),
  })
})
