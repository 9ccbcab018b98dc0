import { readFileSync } from 'node:fs'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { heldKinds, markerOf, markersInWords } from '../contract-held-back.ts'
import { type Case, judge, precisionOf, recallOf, tableOf } from './measure.ts'
import { identifiersIn, restored, screen } from './screen.ts'

const casesOf = (file: string): Case[] =>
  readFileSync(new URL(file, import.meta.url), 'utf8')
    .trim()
    .split('\n')
    .map((line) => JSON.parse(line))
const corpus = casesOf('./corpus.jsonl')
const unseen = casesOf('./corpus-unseen.jsonl')
const languages = 'en es zh-Hans zh-Hant ru bn ht ko ar ur fr pl'.split(' ')

function print(name: string, cases: readonly Case[]): void {
  const rows = Object.entries(tableOf(cases.map(judge))).map(
    ([row, score]) =>
      `${row.padEnd(8)} recall ${recallOf(score).toFixed(3)} (${score.caught}/${score.expected})  precision ${precisionOf(score).toFixed(3)} (${score.right}/${score.found})`,
  )
  process.stdout.write(`${name}: ${cases.length} cases\n${rows.join('\n')}\n`)
}

test('the corpus is large enough in every language, and half of it holds nobody', () => {
  expect(corpus.length).toBeGreaterThanOrEqual(500)
  for (const lang of languages) {
    const own = corpus.filter((one) => one.lang === lang)
    expect(own.length, lang).toBeGreaterThanOrEqual(lang === 'en' || lang === 'es' ? 35 : 25)
    const harmless = own.filter(({ held }) => held.length === 0).length / own.length
    expect(harmless, lang).toBeGreaterThan(0.3)
  }
  for (const kind of heldKinds)
    expect(
      corpus.filter(({ held }) => held.some((one) => one.kind === kind)).length,
    ).toBeGreaterThan(10)
})

test.each([
  ['corpus.jsonl', corpus],
  ['corpus-unseen.jsonl, since its faults were mended', unseen],
])('what identifies somebody is held back, and little else: %s', (name, cases) => {
  print(name, cases)
  const judged = cases.map(judge)
  const { all } = tableOf(judged)
  const faults = judged.filter(({ missed, wrong }) => missed.length + wrong.length > 0)
  const told = faults.map(({ of, missed, wrong }) => ({ ...of, missed, wrong }))
  expect(all && recallOf(all), JSON.stringify(told, null, 1)).toBeGreaterThanOrEqual(0.99)
  expect(all && precisionOf(all), JSON.stringify(told, null, 1)).toBeGreaterThanOrEqual(0.95)
})

test('the judging fails a screen that holds nothing, and one that holds everything', () => {
  const nothing = tableOf([
    judge({ lang: 'en', text: 'two vans', held: [{ kind: 'plate', text: 'vans' }] }),
  ])
  expect(nothing.all && recallOf(nothing.all)).toBe(0)
  const everything = tableOf([judge({ lang: 'en', text: 'call 718-555-0142', held: [] })])
  expect(everything.all && precisionOf(everything.all)).toBe(0)
})

/** Texts of the corpus cut up and mixed, with every odd letter between. */
const pieces = fc.oneof(
  fc.constantFrom(...corpus.map(({ text }) => text)),
  fc.string({ unit: 'binary', maxLength: 20 }),
  fc.constantFrom(
    ...heldKinds.map(markerOf),
    '⟦',
    '⟧',
    '7',
    '-',
    ' ',
    '@',
    '.',
    '\u200b',
    'é',
    '💡',
  ),
)
const texts = fc.array(pieces, { maxLength: 8 }).map((parts) => parts.join(' '))

test('what is left and what was held back make the text as it came', () => {
  fc.assert(
    fc.property(texts, fc.boolean(), (text, place) => {
      const screened = screen(text, { place })
      expect(restored(screened)).toBe(text)
      for (const { text: words } of screened.held) expect(text).toContain(words)
    }),
    { numRuns: 2000 },
  )
})

test('nothing that a text is held back for can be read in what is left', () => {
  for (const { text } of [...corpus, ...unseen]) {
    const { text: left, held } = screen(text)
    const { text: again } = screen(left)
    expect(again).toBe(left)
    for (const { text: words } of held.filter(({ text: w }) => w.length > 4))
      expect(left).not.toContain(words)
  }
})

test('a place keeps its street and loses its house number', () => {
  const place = (text: string) => screen(text, { place: true })
  expect(place('37-12 82nd Street, Apt 4B').text).toBe('⟦⌂⟧ 82nd Street⟦⌂⟧')
  expect(place('calle 82 #37-12, apto 3').text).toBe('calle 82 ⟦⌂⟧')
  expect(place('ул. Ленина, д. 5, кв. 12').text).toMatch(/^ул\. Ленина, ⟦⌂⟧$/)
  expect(place('82街37-12号4B室').text).toBe('82街⟦⌂⟧')
  for (const corner of [
    '82 & Roosevelt',
    'near 82nd St',
    '34 St station',
    '82街和罗斯福大道',
    'Calle 82 y Roosevelt',
  ])
    expect(place(corner)).toEqual({ text: corner, held: [] })
})

test('the work grows with the text and no faster, whatever the text is', () => {
  const bases = [
    ...corpus.map(({ text }) => text),
    ...[
      '7',
      '7-',
      '7 ',
      '@',
      'a@',
      'a.',
      '(at) ',
      'dot ',
      'officer ',
      'Officer A',
      '#',
      '37-12 ',
      '82nd ',
    ],
    ...[
      'calle ',
      'apt ',
      'plate ',
      'plate 4',
      "O'",
      'K.',
      'one ',
      '王',
      '王警',
      '街1',
      '1동',
      'ул. ',
      'badge no ',
      '⟦',
    ],
  ]
  for (const base of bases) {
    const once = base.repeat(Math.ceil(2000 / base.length))
    const steps = identifiersIn(once).steps
    const double = identifiersIn(once + once).steps
    expect(double, base).toBeLessThan(steps * 2.2 + 100)
    expect(steps, base).toBeLessThan(once.length * 150)
  }
})

test('markers are put in words, and signs that somebody typed stay', () => {
  expect(markersInWords(`call ${markerOf('phone')} ⟦x⟧ ⟦`, (kind) => `[${kind}]`)).toBe(
    'call [phone] ⟦x⟧ ⟦',
  )
})
