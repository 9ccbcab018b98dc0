// Queries for what has a name of its own: streets, stations, parks, neighbourhoods.
import type { Chance } from './chance.ts'
import type { Gold, NamedThing } from './gold.ts'
import * as noises from './noise.ts'
import { type Query, spoilt } from './query.ts'
import { OTHER_SCRIPTS } from './scripts.ts'

/** What fingers and ears do to one word. */
export const typoKinds: Record<string, noises.Noise> = {
  insert: noises.insert,
  delete: noises.leaveOut,
  swap: noises.swap,
  replace: noises.replace,
  key: noises.neighbourKey,
  double: noises.double,
  heard: noises.asHeard,
}

export function scriptArea(gold: Gold, draw: Chance): Query | null {
  const name = draw.pick(Object.keys(OTHER_SCRIPTS))
  const things = gold.named.filter(
    (row) => row.name === name && /^(neighbourhood|borough)$/.test(row.kind),
  )
  if (things.length === 0) return null
  const [lang, text] = draw.pick(Object.entries(OTHER_SCRIPTS[name] as Record<string, string>))
  return { kind: '', text, lang, gold: gold.sameName(things[0] as NamedThing, false) }
}

export function thingQuery(gold: Gold, thing: NamedThing, borough: boolean, text: string): Query {
  return {
    kind: '',
    text: `${text}${borough && thing.borough ? `, ${thing.borough}` : ''}`.toLowerCase(),
    lang: 'en',
    gold: gold.sameName(thing, borough),
  }
}

export function namedQuery(gold: Gold, draw: Chance, wanted: string[]): Query | null {
  const kind = draw.pick(wanted)
  const things = gold.named.filter((row) => row.kind === kind)
  if (things.length === 0) return null
  const thing = draw.pick(things)
  return spoilt(
    thingQuery(gold, thing, false, thing.name),
    draw.pick(Object.values(typoKinds)),
    draw,
  )
}

/** "74 st broadway 7 train": the lines tell which of the stations of one name. */
export function stationQuery(gold: Gold, draw: Chance): Query | null {
  const station = draw.pick(gold.named.filter((row) => row.kind === 'station'))
  if (!station.lines) return null
  const line = draw.pick(station.lines.split(' '))
  const name = station.name.replaceAll('-', ' ').replace(/ +/g, ' ')
  const text = draw.pick([
    `${name} ${line} train`,
    `${line} train ${name}`,
    `${name} station ${line}`,
    `tren ${line} ${name}`,
  ])
  const gold_ = gold.named.filter(
    (row) =>
      row.kind === 'station' && row.name === station.name && row.lines.split(' ').includes(line),
  )
  return { kind: '', text: text.toLowerCase(), lang: 'en', gold: gold_ }
}
