import { expect, it, test } from 'vitest'
import { fold } from './fold.ts'
import { spellingCost } from './likeness.ts'
import { makeTokeniser } from './normalise.ts'
import { slug } from './place-id.ts'

const tokens = (text: string) =>
  makeTokeniser({ words: { bklyn: 'brooklyn' } })(text)
    .map((token) => token.text)
    .join(' ')

test.each([
  ['82nd Street', '82 st'],
  ['82 nd st', '82 st'],
  ['82st', '82 st'],
  ['81st st', '81 st'],
  ['Fifth Avenue', '5 av'],
  ['5ta Avenida', '5 av'],
  ['E. 42nd St.', 'e 42 st'],
  ['St. Mary’s', 'st marys'],
  ['Avenue of the Americas', 'av americas'],
  ['Jackson Heights', 'jackson hts'],
  ['٨٢ ৮২', '82 82'],
  ['BKLYN', 'brooklyn'],
  ['00012', '00012'],
  ['Łódź Øre', 'lodz ore'],
])('%s → %s', (typed, expected) => expect(tokens(typed)).toBe(expected))

it('cuts, strips marks and survives anything', () => {
  expect(fold('x'.repeat(5000)).length).toBe(200)
  expect(fold('\u202Eحَيّ\u0640')).toBe('حي')
  expect(fold('\ud800')).toBe('\ud800')
})

it('makes slugs that keep ordinals', () => {
  expect(slug('82nd Street')).toBe('82nd-st')
  expect(slug("O'Brien Avenue")).toBe('obrien-av')
})

it('charges less for what fingers and ears confuse', () => {
  const cost = (a: string, b: string) => spellingCost(a, b, 30)
  expect(cost('roosevelt', 'roosevelt')).toBe(0)
  expect(cost('rosevelt', 'roosevelt')).toBeLessThan(cost('rosevelt', 'rosevelta'))
  expect(cost('hieghts', 'heights')).toBeLessThan(10)
  expect(cost('main', 'msin')).toBeLessThan(cost('main', 'mpin'))
  expect(cost('nortern', 'northern')).toBeLessThan(10)
  expect(spellingCost('main', 'maple', 10)).toBeGreaterThan(10)
})
