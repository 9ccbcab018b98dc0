import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, test } from 'vitest'
import { sourceHash } from '../../kernel/i18n/index.ts'
import { limits } from '../../kernel/limits.ts'
import { ageOf } from './age.ts'
import { makeGuideBook } from './guide-book.ts'
import { readGuides } from './read-guides.ts'
import { faultLine } from './read-json.ts'

const ours = join(import.meta.dirname, '../../../cities/nyc/guides')
const work = mkdtempSync(join(tmpdir(), 'porchlight-guides-'))
const folder = join(work, 'guides')
afterAll(() => rmSync(work, { recursive: true, force: true }))
beforeEach(() => {
  rmSync(folder, { recursive: true, force: true })
  cpSync(ours, folder, { recursive: true })
})

const clock = { now: () => new Date('2026-11-24T12:00:00Z') }
const file = (name: string) => join(folder, name)
const change = (name: string, from: string, to: string): void => {
  const text = readFileSync(file(name), 'utf8')
  expect(text, `${name} holds ${from}`).toContain(from)
  writeFileSync(file(name), text.replace(from, to))
}
const faults = (): string[] => readGuides(folder).faults.map(faultLine)

test('the city’s own guides hold no fault, and cover what a resident meets', () => {
  expect(faults()).toEqual([])
  const wanted =
    'home-door car street workplace school hospital courthouse immigration-court jail transit'
  const more = 'recording someone-taken paper-in-mail prepare-family after-release consulates scams'
  const all = readGuides(folder).pack.guides.map(({ situation }) => situation)
  expect(all).toEqual(
    expect.arrayContaining(`${wanted} ${more} digital-safety public-charge`.split(' ')),
  )
})

test('no sentence promises what the law no longer promises', () => {
  // facts.md, section 0: they may force entry with an I-205, and nobody can say that a paper is unlawful.
  const forbidden =
    /cannot (?:enter|come in)|can't come in|not allowed to enter|illegal|refuse to comply/i
  for (const text of readGuides(folder).pack.english.values()) expect(text).not.toMatch(forbidden)
})

test('every guide says what not to do, or whom to ask, and nothing is longer than a breath', () => {
  const { guides, english } = readGuides(folder).pack
  for (const { situation, statements } of guides) {
    const words = statements
      .map(({ key, shared }) => english.get(`${shared ? 'common' : situation}.${key}`))
      .join(' ')
    expect(words, situation).toMatch(/lawyer|legal/i)
    expect(
      statements.some(({ part }) => part === 'first'),
      situation,
    ).toBe(true)
  }
  for (const text of english.values()) expect(text.split(/\s+/).length).toBeLessThan(60)
})

describe('a pack that is wrong is refused, with file and line', () => {
  const door = 'home-door/guide.json'
  test.each([
    [
      'no source',
      door,
      '"sources": ["JUNTOS", "FINDLAW"], ',
      '',
      /home-door\/guide.json, line 6: .*has no source/,
    ],
    ['a source nobody lists', door, '"JUNTOS", "FINDLAW"]', '"NOBODY"]', /names "NOBODY"/],
    [
      'no such day',
      door,
      '"reviewBy": "2027-06-30"',
      '"reviewBy": "2027-06-31"',
      /line 6: .*must be a day/,
    ],
    [
      'reviewed before it was written',
      door,
      '"reviewBy": "2027-06-30"',
      '"reviewBy": "2020-01-01"',
      /line 6: .*later than/,
    ],
    [
      'two of one name',
      door,
      '"key": "who-are-you"',
      '"key": "keep-closed"',
      /two statements called "keep-closed"/,
    ],
    [
      'a word of its own',
      door,
      '"part": "first"',
      '"parts": "first"',
      /line 6: .*(part|Unrecognized)/,
    ],
    ['half a file', door, '"statements": [', '"statements": ', /line \d+: is not valid JSON/],
    [
      'no English',
      'home-door/en.json',
      '"keep-closed"',
      '"kept-closed"',
      /no English words for "keep-closed"/,
    ],
    ['a key twice', 'home-door/en.json', '"summary"', '"title"', /line 3: "title" stands twice/],
    [
      'a mark that turns the words',
      'home-door/en.json',
      'Keep the door closed and',
      'Keep \u202ethe door',
      /line 4: "keep-closed" holds a mark/,
    ],
    [
      'a script',
      'home-door/en.json',
      'Keep the door closed and',
      '<script>alert(1)</script>',
      /line 4: "keep-closed" holds markup/,
    ],
    [
      'nothing',
      'home-door/en.json',
      '"Keep the door closed. Ask for the paper. Stay calm. Call a lawyer."',
      '" "',
      /line 3: "summary" is empty/,
    ],
  ])('%s', (_what, name, from, to, expected) => {
    change(name, from, to)
    expect(faults().join('\n')).toMatch(expected)
    expect(() => makeGuideBook(folder, clock).list('en')).toThrow(/cannot be used/)
  })
})

test('a statement greys on the day after its review, and is hidden a month later', () => {
  const at = (day: string) => ageOf('2027-06-30', new Date(`${day}T12:00:00Z`))
  expect(at('2027-06-30')).toBe('current')
  expect(at('2027-07-01')).toBe('grey')
  expect(at('2027-07-30')).toBe('grey')
  expect(at('2027-07-31')).toBe('hidden')
  expect(limits.guideGreyDays).toBe(30)
  const late = makeGuideBook(folder, { now: () => new Date('2028-01-01') }).one('home-door', 'en')
  expect(late.statements).toEqual([])
  expect(late.hidden).toBe(12)
})

test('when the English of a statement changes, its translations fall back at once, and come back when approved', () => {
  const spanish = {
    title: 'Hay alguien en mi puerta',
    'keep-closed': 'Mantenga la puerta cerrada.',
  }
  const english = JSON.parse(readFileSync(file('home-door/en.json'), 'utf8'))
  const $of = Object.fromEntries(Object.keys(spanish).map((key) => [key, sourceHash(english[key])]))
  writeFileSync(
    file('home-door/es.json'),
    JSON.stringify({ $status: 'machine-draft', $of, ...spanish }),
  )
  const firstOf = () => makeGuideBook(folder, clock).one('home-door', 'es').statements[0]
  expect(firstOf()).toMatchObject({
    lang: 'es',
    text: spanish['keep-closed'],
    review: 'machine-draft',
  })
  change('home-door/en.json', 'Keep the door closed and locked.', 'Keep the door shut.')
  expect(firstOf()).toMatchObject({ lang: 'en', review: 'source' })
  const approved = {
    text: 'Deje la puerta cerrada.',
    of: sourceHash('Keep the door shut. You can talk through it.'),
    review: 'native-reviewed' as const,
  }
  const book = makeGuideBook(folder, clock, (lang, name) =>
    lang === 'es' && name === 'home-door.keep-closed' ? approved : undefined,
  )
  expect(book.one('home-door', 'es').statements[0]).toMatchObject({
    lang: 'es',
    text: approved.text,
    review: 'native-reviewed',
  })
})

test('what is said aloud is in English, with its meaning below', () => {
  const said = makeGuideBook(folder, clock)
    .one('car', 'es')
    .statements.filter(({ part }) => part === 'say')
  expect(said.length).toBeGreaterThan(1)
  for (const { english, lang, text } of said)
    expect(lang === 'en' ? text : english).toMatch(/[A-Za-z ]+[.?]$/)
})

test('a city without guides has none, and says so', () => {
  const book = makeGuideBook(null, clock)
  expect(book.list('en')).toEqual([])
  expect(() => book.one('home-door', 'en')).toThrow('no guide')
})

test('a pack that names guides which are not there is told so', () => {
  rmSync(folder, { recursive: true })
  expect(faults().join()).toMatch(/guides, line 1: is not there; correct "guides" in pack.json/)
})
