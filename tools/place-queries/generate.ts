// A seeded set of queries as people spoil them, each with the rows that answer it.
import { type Chance, chance } from './chance.ts'
import {
  contextCorner,
  cornerQuery,
  languageCorner,
  numberCorner,
  plainCorner,
  scriptCorner,
} from './corner-queries.ts'
import type { Gold } from './gold.ts'
import { namedQuery, scriptArea, stationQuery, thingQuery, typoKinds } from './named-queries.ts'
import { type Query, spoilt } from './query.ts'
import { shortened, withoutKind } from './spellings.ts'

type Make = (gold: Gold, draw: Chance) => Query | null

/** Most draws in a row that may come to nothing before a kind is given up. */
const MOST_TRIES = 40_000

const makers: Record<string, Make> = {
  'corner clean': (gold, draw) => cornerQuery(gold, draw, (text) => text),
  ...Object.fromEntries(
    Object.entries(typoKinds).map(([kind, noise]): [string, Make] => [
      `corner ${kind}`,
      (gold, draw) =>
        spoilt(
          cornerQuery(gold, draw, (text) => text),
          noise,
          draw,
        ),
    ]),
  ),
  'corner two typos': (gold, draw) => {
    const [one, two] = [draw.pick(Object.values(typoKinds)), draw.pick(Object.values(typoKinds))]
    return spoilt(
      spoilt(
        cornerQuery(gold, draw, (text) => text),
        one,
        draw,
      ),
      two,
      draw,
    )
  },
  'corner shortened': (gold, draw) => cornerQuery(gold, draw, (text) => shortened(text, draw)),
  'corner no kinds': plainCorner,
  'corner no joiner': (gold, draw) =>
    cornerQuery(gold, draw, (text) => shortened(text, draw), ['', ' ', '']),
  'corner number words': numberCorner,
  'corner context': contextCorner,
  'corner languages': languageCorner,
  'corner scripts': scriptCorner,
  'street typo': (gold, draw) => {
    const street = draw.pick(gold.streets)
    return spoilt(
      thingQuery(gold, street, true, shortened(street.name, draw)),
      draw.pick(Object.values(typoKinds)),
      draw,
    )
  },
  'place typo': (gold, draw) =>
    namedQuery(gold, draw, ['park', 'station', 'neighbourhood', 'landmark', 'ferry', 'rail']),
  'area typo': (gold, draw) => namedQuery(gold, draw, ['neighbourhood', 'borough']),
  'station lines': stationQuery,
  'area scripts': scriptArea,
  unfinished: (gold, draw) => {
    const query = cornerQuery(gold, draw, (text) => withoutKind(text, draw), ['', ' & ', ''], '')
    const cut = 1 + draw.below(3)
    const last = query?.text.split(' ').at(-1) ?? ''
    return query && last.length - cut > 3 ? { ...query, text: query.text.slice(0, -cut) } : null
  },
}

/** `each` queries of every kind, the same for the same seed and pack. */
export function generate(gold: Gold, { seed = 20261124, each = 480 } = {}): Query[] {
  return Object.entries(makers).flatMap(([kind, make], at) => {
    const draw = chance(seed + at * 7919)
    const queries: Query[] = []
    for (let tries = 0; queries.length < each && tries < each + MOST_TRIES; tries++) {
      const query = make(gold, draw)
      if (query) queries.push({ ...query, kind })
    }
    return queries
  })
}
