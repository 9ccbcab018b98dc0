import { expect, test } from 'vitest'
import type { LinkFacts } from './features.ts'
import { fingerprint } from './fingerprint.ts'
import { linkProbability, reasonsFor, thresholds } from './score-link.ts'

const base: LinkFacts = {
  lat: 41.19,
  lon: -58.27,
  uncertaintyMetres: 100,
  observedAt: new Date('2026-11-23T18:00:00Z'),
  timeUncertaintyMinutes: 10,
  activity: 'stop',
  size: null,
  text: null,
}
const metresNorth = (metres: number) => ({
  lat: base.lat === null ? null : base.lat + metres / 111_195,
})
const minutesLater = (minutes: number) => ({
  observedAt: new Date(Date.parse('2026-11-23T18:00:00Z') + minutes * 60_000),
})
const words = (text: string) => ({ text: fingerprint(text) })

const verdict = (a: Partial<LinkFacts>, b: Partial<LinkFacts>): 'joins' | 'proposed' | 'apart' => {
  const probability = linkProbability({ ...base, ...a }, { ...base, ...b })
  return probability >= thresholds.join
    ? 'joins'
    : probability >= thresholds.propose
      ? 'proposed'
      : 'apart'
}

const van = words('A white van and four agents in green vests stopped a delivery truck')
const alike = words('Four agents with green vests and a white van have stopped the delivery truck')
const other = words(
  'Somebody is knocking at doors on the third floor, they say they are looking for Ana',
)

test.each<[string, Partial<LinkFacts>, Partial<LinkFacts>, string]>([
  ['same corner, same minute', {}, {}, 'joins'],
  ['one block and ten minutes apart', {}, { ...metresNorth(90), ...minutesLater(10) }, 'joins'],
  [
    'a phone that is 800 m unsure, same minute',
    {},
    { ...metresNorth(500), uncertaintyMetres: 800 },
    'proposed',
  ],
  [
    'two blocks, 40 minutes, alike words',
    van,
    { ...metresNorth(250), ...minutesLater(40), ...alike },
    'joins',
  ],
  ['same corner, three hours later', {}, minutesLater(180), 'apart'],
  ['1.5 km apart at the same minute', {}, metresNorth(1500), 'apart'],
  ['same corner and time, another activity', {}, { activity: 'door-knock' }, 'joins'],
  [
    'half a kilometre, half an hour, other words',
    van,
    { ...metresNorth(500), ...minutesLater(30), ...other },
    'apart',
  ],
  [
    'no place on either, nothing but the time',
    { lat: null, lon: null },
    { lat: null, lon: null },
    'apart',
  ],
  [
    'no place, but the same words',
    { lat: null, lon: null, ...van },
    { lat: null, lon: null, ...alike },
    'joins',
  ],
])('%s', (_name, a, b, expected) => {
  expect(verdict(a, b)).toBe(expected)
})

test('it does not matter which of the two came first', () => {
  const [a, b] = [
    { ...base, ...van },
    { ...base, ...metresNorth(200), ...minutesLater(20), ...alike },
  ]
  expect(linkProbability(a, b)).toBe(linkProbability(b, a))
})

test('the reasons are given in numbers that pages can put into words', () => {
  const reasons = reasonsFor(
    { ...base, ...van },
    { ...base, ...metresNorth(180), ...minutesLater(12), ...alike },
  )
  expect(reasons).toContainEqual({ kind: 'distance', metres: 180 })
  expect(reasons).toContainEqual({ kind: 'time', minutes: 12 })
  expect(reasons.find(({ kind }) => kind === 'words')).toMatchObject({
    shared: expect.arrayContaining(['delivery']),
  })
})
