import { fileURLToPath } from 'node:url'
import fc from 'fast-check'
import { beforeAll, describe, expect, it, test } from 'vitest'
import { type City, loadCity } from './index.ts'
import { NYC_QUERIES } from './nyc-queries.ts'
import { readPack } from './read-pack.ts'

const NYC = fileURLToPath(new URL('../../../cities/nyc', import.meta.url))
let nyc: City

beforeAll(async () => {
  nyc = await loadCity(NYC)
}, 30_000)

test.each(NYC_QUERIES)('%s → %s', (typed, first) => {
  const house = typed.startsWith('!')
  const { places, houseNumbers } = nyc.search(house ? typed.slice(1) : typed)
  expect(places[0]?.placeId.slice(0, first.length)).toBe(first)
  expect(houseNumbers).toBe(house ? 'none-in-data' : null)
})

describe('corners of a random sample', () => {
  it('are among the first three by "a & b, borough" in both orders', async () => {
    const { content } = await readPack(NYC, { skipMap: true })
    const all = content?.corners ?? []
    const missed: string[] = []
    for (let i = 0; i < 300; i++) {
      const { streetA, streetB, within, lat, lon } = all[
        Math.floor((i * 7919 * 31) % all.length)
      ] as (typeof all)[number]
      const borough = nyc.areaById(within)?.name
      for (const query of [
        `${streetA} & ${streetB}, ${borough}`,
        `${streetB} & ${streetA}, ${borough}`,
      ]) {
        const found = nyc.search(query, { limit: 3, near: { lat, lon } }).places
        if (
          !found.some(
            (p) =>
              Math.abs(p.lat - lat) < 0.0015 &&
              Math.abs(p.lon - lon) < 0.0015 &&
              p.kind === 'intersection',
          )
        )
          missed.push(query)
      }
    }
    expect(missed).toEqual([])
  })
})

describe('whatever is typed', () => {
  const nasty = [
    '',
    ' ',
    '&',
    '&&&',
    ' & ',
    '\0\u0007',
    '🚓🚨',
    '\ud800',
    'a\udc00b',
    '82 &',
    '& 82',
    '37-',
    '37-55',
    '37-55 ',
    '١٢٣',
    'شارع',
    '82nd'.repeat(999),
    '()[]{}*+?.^$|\\',
    '‮82 & roosevelt',
    'av '.repeat(99),
    '1 2 3 4 5 6 7 8 9 10 11 12 13 14',
  ]
  test.each(nasty)('%j does not throw', (text) => {
    const { places } = nyc.search(text)
    expect(places.length).toBeLessThanOrEqual(8)
  })

  it('reads only the start of ten million characters', () => {
    const start = performance.now()
    nyc.search(`82 & roosevelt ${'x'.repeat(10_000_000)}`)
    expect(performance.now() - start).toBeLessThan(500)
  })

  it('never throws, keeps the limit, and answers with whole places', () => {
    const word = fc.constantFrom(
      '82',
      'roosevelt',
      'ave',
      '&',
      ',',
      'queens',
      '37-55',
      'y',
      'st',
      'broadway',
      'train',
      'парк',
      'الشارع',
      '82nd',
      'e',
      '11372',
      'bx',
    )
    const text = fc.oneof(
      fc.string({ unit: 'binary' }),
      fc.array(word, { maxLength: 9 }).map((words) => words.join(' ')),
    )
    fc.assert(
      fc.property(text, fc.integer({ min: -3, max: 70 }), (query, limit) => {
        const { places } = nyc.search(query, { limit })
        const whole = places.every(
          (p) => p.score >= 0 && p.score <= 1 && nyc.placeById(p.placeId)?.lat === p.lat,
        )
        return whole && places.length <= Math.max(0, Math.min(50, limit))
      }),
      { numRuns: 300, seed: 20261123 },
    )
  }, 20_000)

  it('ignores a point that is none', () => {
    expect(
      nyc.search('82 & roosevelt', { near: { lat: Number.NaN, lon: 0 } }).places[0]?.placeId,
    ).toBe('x:82nd-st+roosevelt-av@queens')
  })
})

describe('house numbers', () => {
  it('marks every answer as the nearest corner', () => {
    const { places } = nyc.search('123 Main St')
    expect(places.length).toBeGreaterThan(3)
    expect(places.every((place) => place.note === 'nearest-corner')).toBe(true)
  })

  it('says how far off the corner of a long street may be', () => {
    expect(nyc.search('350 5th Ave, Manhattan').places[0]?.uncertaintyMetres).toBeGreaterThan(1000)
    expect(nyc.search('37-55 82nd St').places[0]?.uncertaintyMetres).toBe(150)
  })

  it('starts with the corners beside the person', () => {
    const near = { lat: 40.7484, lon: -73.9857 }
    const first = nyc.search('350 5th Ave, Manhattan', { near }).places[0]
    expect(first?.label).toMatch(/^5th Avenue & (East|West) 3[345](th|rd) Street, Manhattan$/)
  })

  it('admits the house number even where the street is unknown', () => {
    expect(nyc.search('12-34 Zzyzx Qqqq').houseNumbers).toBe('none-in-data')
  })
})

describe('nearness and language', () => {
  it('breaks ties by distance', () => {
    const coney = { lat: 40.58, lon: -73.97 }
    expect(nyc.search('avenue u station', { near: coney }).places[0]?.label).toContain('Brooklyn')
    expect(
      nyc.search('canal st station', { near: { lat: 40.7198, lon: -74.0018 } }).places[0]?.label,
    ).toBe('Canal St (R W), Manhattan')
    expect(
      nyc.search('main st', { near: { lat: 40.7598, lon: -73.8303 } }).places[0]?.areas,
    ).toContain('borough-queens')
  })

  it('names the borough in the language asked for', () => {
    expect(nyc.search('fordham & grand concourse', { lang: 'es' }).places[0]?.label).toBe(
      'East Fordham Road & Grand Concourse, El Bronx',
    )
  })
})

it('answers in under 2 ms on average', () => {
  for (const [query] of NYC_QUERIES) nyc.search(query)
  const before = process.cpuUsage()
  for (const [query] of NYC_QUERIES) nyc.search(query)
  const { user, system } = process.cpuUsage(before)
  // Processor time, not the clock: other tests share this machine.
  expect((user + system) / 1000 / NYC_QUERIES.length).toBeLessThan(2)
})
