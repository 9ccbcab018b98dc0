import type { Area, City } from '#src/kernel/city/contract.ts'

/** An area to choose, in the reader's language. */
export interface AreaChoice {
  id: string
  name: string
}

/** A search this sure, and this far ahead of the next, means one area. */
const sureScore = 0.8
const sureMargin = 0.05
const guessesShown = 6

export type Found =
  | { kind: 'one'; id: string }
  | { kind: 'several'; areas: AreaChoice[] }
  | { kind: 'none' }

export const nameOf = (area: Area, lang: string): string => area.label[lang] ?? area.name

/** The neighbourhood that words mean, the few they may mean, or none. Never a silent guess. */
export function findArea(city: City, words: string, lang: string): Found {
  const best = new Map<string, number>()
  for (const hit of city.search(words, { lang, limit: 12 }).places) {
    const id = areaHolding(city, hit)
    if (id && !best.has(id)) best.set(id, hit.score)
  }
  const [first, second] = [...best]
  if (!first) return { kind: 'none' }
  if (first[1] >= sureScore && first[1] - (second?.[1] ?? 0) >= sureMargin)
    return { kind: 'one', id: first[0] }
  const areas = [...best.keys()]
    .slice(0, guessesShown)
    .flatMap((id) => city.areaById(id) ?? [])
    .map((area) => ({ id: area.id, name: withParent(city, area, lang) }))
  return { kind: 'several', areas }
}

/** A borough or a ZIP code that was named is itself the answer; anything else is its neighbourhood. */
function areaHolding(
  city: City,
  hit: { placeId: string; kind: string; lat: number; lon: number },
): string | undefined {
  const named = hit.placeId.startsWith('area:') ? hit.placeId.slice('area:'.length) : undefined
  if (named && city.areaById(named)) return named
  return city.areasAt(hit).find(({ kind }) => kind === 'neighbourhood')?.id
}

const withParent = (city: City, area: Area, lang: string): string => {
  const parent = area.parent ? city.areaById(area.parent) : undefined
  return parent ? `${nameOf(area, lang)}, ${nameOf(parent, lang)}` : nameOf(area, lang)
}

/** Every neighbourhood, under the borough it is in, both in the order of the reader's language. */
export function areaList(
  city: City,
  lang: string,
  byName: (a: AreaChoice, b: AreaChoice) => number,
): { id: string; name: string; areas: AreaChoice[] }[] {
  const groups = new Map<string, AreaChoice[]>()
  for (const area of city.areas) {
    if (area.kind !== 'neighbourhood') continue
    const group = groups.get(area.parent ?? '') ?? []
    group.push({ id: area.id, name: nameOf(area, lang) })
    groups.set(area.parent ?? '', group)
  }
  return [...groups]
    .map(([id, areas]) => {
      const parent = city.areaById(id)
      return { id, name: parent ? nameOf(parent, lang) : '', areas: areas.sort(byName) }
    })
    .sort(byName)
}
