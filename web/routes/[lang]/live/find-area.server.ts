import type { Area, City } from '#src/kernel/city/contract.ts'

/** An area to choose, in the reader's language. */
export interface AreaChoice {
  id: string
  name: string
}

/** An area that words may mean, and the place in it that they name, if that is not the area itself. */
interface Guess extends AreaChoice {
  because: string | null
}

export type Found =
  | { kind: 'one'; id: string }
  | { kind: 'several'; areas: Guess[] }
  | { kind: 'none' }

/** A search this sure, and this far ahead of the next, means one area. */
const sureScore = 0.8
const sureMargin = 0.05
const guessesShown = 8

export const nameOf = (area: Area, lang: string): string => area.label[lang] ?? area.name

/** The neighbourhood that words mean, the few they may mean, or none. Never a silent guess. */
export function findArea(city: City, words: string, lang: string): Found {
  const hits = new Map<string, Hit>()
  for (const hit of city.search(words, { lang, limit: 12 }).places) {
    const { id, named } = areaHolding(city, hit)
    if (id && !hits.has(id)) hits.set(id, { score: hit.score, label: named ? null : hit.label })
  }
  const [first, second] = [...hits]
  if (first && isSure(first[1], second?.[1])) return { kind: 'one', id: first[0] }
  const byName = areasNamed(city, words, lang)
  const ids = [...new Set([...byName, ...hits.keys()])].slice(0, guessesShown)
  if (ids.length === 0) return { kind: 'none' }
  const areas = ids.flatMap((id): Guess[] => {
    const area = city.areaById(id)
    const because = byName.includes(id) ? null : (hits.get(id)?.label ?? null)
    return area ? [{ id, name: withParent(city, area, lang), because }] : []
  })
  return { kind: 'several', areas }
}

/** The best place in an area; `label` is null where the area itself was named. */
interface Hit {
  score: number
  label: string | null
}

/** An area called exactly so, or a place far ahead of every other. */
const isSure = (first: Hit, second: Hit | undefined): boolean =>
  (first.label === null && first.score === 1) ||
  (first.score >= sureScore && first.score - (second?.score ?? 0) >= sureMargin)

/** A borough or a ZIP code that was named is itself the answer; anything else is its neighbourhood. */
function areaHolding(
  city: City,
  hit: { placeId: string; lat: number; lon: number },
): { id: string | undefined; named: boolean } {
  const named = hit.placeId.startsWith('area:') ? hit.placeId.slice('area:'.length) : undefined
  if (named && city.areaById(named)) return { id: named, named: true }
  return { id: city.areasAt(hit).find(({ kind }) => kind === 'neighbourhood')?.id, named: false }
}

/** Neighbourhoods whose name holds what was typed: "washington" is in "Washington Heights". */
function areasNamed(city: City, words: string, lang: string): string[] {
  const typed = words.toLocaleLowerCase(lang)
  return city.areas
    .filter(({ kind }) => kind === 'neighbourhood')
    .filter((area) => [area.name, nameOf(area, lang)].some((name) => holds(name, typed, lang)))
    .map(({ id }) => id)
}

const holds = (name: string, typed: string, lang: string): boolean =>
  typed.length > 2 && name.toLocaleLowerCase(lang).includes(typed)

function withParent(city: City, area: Area, lang: string): string {
  const name = nameOf(area, lang)
  const parent = area.parent ? city.areaById(area.parent) : undefined
  const parentName = parent ? nameOf(parent, lang) : ''
  return name.includes(parentName) ? name : `${name}, ${parentName}`
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
