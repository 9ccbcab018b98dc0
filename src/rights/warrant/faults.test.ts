import { execFileSync } from 'node:child_process'
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, describe, expect, it } from 'vitest'
import { root } from '../../commands/session.ts'
import { readWarrant, warrantFaults } from './read-warrant.ts'
import { makeWarrant } from './room.ts'

const made: string[] = []
afterEach(() => {
  for (const folder of made.splice(0)) rmSync(folder, { recursive: true })
})

/** New York's guidance with one thing changed in one file. */
function broken(file: string, change: (text: string) => string): string {
  const cities = mkdtempSync(join(tmpdir(), 'porchlight-warrant-'))
  made.push(cities)
  const guides = join(cities, 'nyc', 'guides')
  cpSync(join(root, 'cities/nyc/guides'), guides, { recursive: true })
  const path = join(guides, file)
  const before = readFileSync(path, 'utf8')
  const after = change(before)
  expect(after).not.toBe(before)
  writeFileSync(path, after)
  return guides
}

const tree = 'warrant/tree.json'
const en = 'warrant/en.json'

describe('a broken checker is refused with file, line and what to do', () => {
  it.each<[string, string, (text: string) => string, RegExp]>([
    [
      'a card without a source',
      tree,
      (t) => t.replace('"sources": ["DOCPOL"],', ''),
      /tree\.json, line \d+: "cards\.CARD-911" has no source/,
    ],
    [
      'a source nobody lists',
      tree,
      (t) => t.replace('["DOCPOL"]', '["NOBODY"]'),
      /tree\.json, line \d+: .*"NOBODY", which sources\.json lacks/,
    ],
    [
      'a day that is none',
      tree,
      (t) => t.replace('"reviewBy": "2027-01-23"', '"reviewBy": "2027-13-23"'),
      /reviewBy" must be a day/,
    ],
    [
      'a review before the writing',
      tree,
      (t) => t.replace('"reviewBy": "2027-02-23"', '"reviewBy": "2026-01-01"'),
      /before it was written/,
    ],
    [
      'a target that is not there',
      tree,
      (t) => t.replace('"to": "CARD-I200"', '"to": "CARD-I300"'),
      /"nodes\.N4\.I-200" leads to "CARD-I300", which is neither/,
    ],
    [
      'a circle',
      tree,
      (t) => t.replace('"to": "CARD-I247A"', '"to": "N2"'),
      /"nodes\.N2" leads back to itself/,
    ],
    [
      'a path that is too long',
      tree,
      (t) => t.replace(/,\s*"enough": "CARD-COURT-LIKELY"/g, ''),
      /can be question 8 of 7/,
    ],
    [
      'a card that nobody reaches',
      tree,
      (t) => t.replaceAll('"to": "CARD-FAKE"', '"to": "CARD-CANNOT-TELL"'),
      /"CARD-FAKE" is never reached/,
    ],
    [
      'an unknown answer to a sure card',
      tree,
      (t) => t.replace(/("unsure"[^}]*"to": "CARD-COURT-SEARCH)-DEFECT/, '$1'),
      /unknown answer and leads to a card that is sure/,
    ],
    [
      'no word of a lawyer',
      tree,
      (t) => t.replace('"do": ["calm", "lawyer", "write"]', '"do": ["calm", "write"]'),
      /every card leads to a lawyer/,
    ],
    [
      'nothing against resisting',
      tree,
      (t) => t.replace('"dont": ["resist", ', '"dont": ['),
      /every card says not to resist/,
    ],
    [
      'a field that is not ours',
      tree,
      (t) => t.replace('{\n', '{\n  "officer": "x",\n'),
      /Unrecognized key: "officer"/,
    ],
    [
      'the same name twice',
      tree,
      (t) => t.replace('"start": "N0",', '"start": "N0", "start": "N1",'),
      /line 2: "start" stands twice/,
    ],
    [
      'a text that is missing',
      en,
      (t) => t.replace(/ {2}"do\.lawyer":[^\n]*\n/, ''),
      /en\.json lacks "do\.lawyer"/,
    ],
    [
      'a promise that nobody may make',
      en,
      (t) => t.replace('Form I-200. An', 'They cannot enter. An'),
      /"CARD-I200" says "cannot enter"/,
    ],
    [
      'a mark that turns the writing',
      en,
      (t) => t.replace('Stay calm.', 'Stay \u202ecalm.'),
      /en\.json, line \d+: "do\.calm" holds a mark that turns/,
    ],
    [
      'a script',
      'warrant/ht.json',
      (t) => t.replace('"Rete kalm."', '"<script>alert(1)</script>"'),
      /ht\.json, line \d+: "do\.calm" holds markup/,
    ],
    ['no JSON', en, (t) => t.slice(0, -4), /en\.json, line \d+: is not valid JSON/],
  ])('%s', (_what, file, change, said) => {
    const guides = broken(file, change)
    expect(warrantFaults(guides).join('\n')).toMatch(said)
    expect(() => readWarrant(guides)).toThrow(said)
  })

  it('and check-city says so for a pack that uses it', () => {
    const guides = broken(en, (t) => t.replace('Stay calm.', 'Stay \u202ecalm.'))
    const city = join(guides, '../../lanternport')
    cpSync(join(root, 'cities/lanternport'), city, { recursive: true })
    const run = () => execFileSync(process.execPath, ['tools/check-city.ts', city], { cwd: root })
    expect(run).toThrow()
    try {
      run()
    } catch (error) {
      expect(String((error as { stdout: Buffer }).stdout)).toMatch(
        /warrant\/en\.json, line \d+: "do\.calm"/,
      )
    }
  })
})

it('a city without guidance has no checker, and says so', () => {
  expect(readWarrant(null)).toBeNull()
  expect(readWarrant(join(root, 'cities/lanternport'))).toBeNull()
  expect(makeWarrant(null, {} as never, { now: () => new Date() }).guide).toBeNull()
})
