// Queries for a corner: two streets, and how people put them.
import type { Chance } from './chance.ts'
import type { Corner, Gold } from './gold.ts'
import type { Query } from './query.ts'
import { digitsIn, JOINED, OTHER_SCRIPTS } from './scripts.ts'
import { numberInWords, shortened, withoutKind } from './spellings.ts'

/** Named alone where that is enough; with its borough where another corner bears the names. */
export function cornerQuery(
  gold: Gold,
  draw: Chance,
  spell: (name: string) => string,
  joiner: readonly string[] = draw.pick(JOINED.en as [string, string, string][]),
  place?: string,
): Query | null {
  const corner = draw.pick(gold.corners)
  const alone = gold.sameCorner(corner, false).length === 1
  if (place === '' && !alone) return null
  const borough = place ?? (alone && draw.oneIn(2) ? '' : `, ${corner.borough}`)
  const [first, second] = ordered(corner, draw).map(spell)
  const [before, between, after] = joiner
  const text = `${before}${first}${between}${second}${after}${borough}`.toLowerCase()
  return { kind: '', text, lang: 'en', gold: gold.sameCorner(corner, borough !== '') }
}

const ordered = ({ a, b }: Corner, draw: Chance): [string, string] =>
  draw.oneIn(2) ? [a, b] : [b, a]

export function plainCorner(gold: Gold, draw: Chance): Query | null {
  const corner = draw.pick(gold.corners)
  if (!gold.plainIsUnique(corner)) return null
  const [a, b] = ordered(corner, draw).map((name) => withoutKind(name, draw))
  const text = `${a}${draw.pick([' & ', ' and ', ' ', '/'])}${b} ${corner.borough}`.toLowerCase()
  return { kind: '', text, lang: 'en', gold: gold.sameCorner(corner, true) }
}

export function numberCorner(gold: Gold, draw: Chance): Query | null {
  const corner = draw.pick(gold.corners)
  const [first, second] = ordered(corner, draw)
  const words = numberInWords(first, draw)
  if (!words) return null
  const spanish = /calle|avenida/.test(words)
  const [before, between] = draw.pick(JOINED[spanish ? 'es' : 'en'] as [string, string, string][])
  // "calle 82" leaves East and West open.
  if (spanish && /^(East|West) /.test(first)) return null
  const text = `${before.replace(/la $/, '')}${words}${between.replace(/la $/, '')}${shortened(second, draw)} ${corner.borough.toLowerCase()}`
  return { kind: '', text, lang: spanish ? 'es' : 'en', gold: gold.sameCorner(corner, true) }
}

/** The borough is not said; the neighbourhood or the ZIP is, before or after. */
export function contextCorner(gold: Gold, draw: Chance): Query | null {
  const corner = draw.pick(gold.corners)
  const context = draw.oneIn(2) ? corner.zip : corner.neighbourhood
  if (context === '' || gold.sameCorner(corner, false).length < 2) return null
  const [a, b] = ordered(corner, draw).map((name) => shortened(name, draw))
  const text = draw.oneIn(3) ? `${context}: ${a} & ${b}` : `${a} and ${b}, ${context}`
  return { kind: '', text: text.toLowerCase(), lang: 'en', gold: gold.sameCorner(corner, true) }
}

export function languageCorner(gold: Gold, draw: Chance): Query | null {
  const lang = draw.pick(Object.keys(JOINED).filter((code) => code !== 'en'))
  const query = cornerQuery(
    gold,
    draw,
    (name) => shortened(name, draw),
    draw.pick(JOINED[lang] as [string, string, string][]),
  )
  return query && { ...query, lang }
}

/** A numbered street and one written in another script, as in "угол 82 и Рузвельт". */
export function scriptCorner(gold: Gold, draw: Chance): Query | null {
  const name = draw.pick(Object.keys(OTHER_SCRIPTS))
  const [lang, spelling] = draw.pick(Object.entries(OTHER_SCRIPTS[name] as Record<string, string>))
  const corner = draw.pick(cornersWith(gold, name))
  if (!corner) return null
  const number = /^(?:East |West )?(\d+)(?:st|nd|rd|th) (?:Street|Avenue)$/.exec(
    corner.a === name ? corner.b : corner.a,
  )?.[1]
  if (!number) return null
  const digits = digitsIn(lang, Number(number), draw.oneIn(2))
  const chinese = lang.startsWith('zh')
  const kind = corner[corner.a === name ? 'b' : 'a'].endsWith('Avenue') ? '大道' : '街'
  const [before, between, after] = draw.pick(JOINED[lang] as [string, string, string][])
  const numbered = chinese ? `${digits}${kind}` : digits
  const [x, y] = draw.oneIn(2) ? [numbered, spelling] : [spelling, numbered]
  const borough = OTHER_SCRIPTS[corner.borough]?.[lang]
  const text = `${before}${x}${between}${y}${after}${borough ? ` ${borough}` : ''}`
  return {
    kind: '',
    text,
    lang,
    gold: gold.corners.filter((row) => meant(row, name, number, borough && corner.borough)),
  }
}

const meant = (row: Corner, name: string, number: string, borough: string | undefined) =>
  (row.a === name || row.b === name) &&
  new RegExp(`^(East |West )?${number}(st|nd|rd|th) `).test(row.a === name ? row.b : row.a) &&
  (!borough || row.borough === borough)

const crossing = new WeakMap<Gold, Map<string, Corner[]>>()

function cornersWith(gold: Gold, name: string): Corner[] {
  const known = crossing.get(gold) ?? new Map<string, Corner[]>()
  crossing.set(gold, known)
  const rows = known.get(name) ?? gold.corners.filter(({ a, b }) => a === name || b === name)
  known.set(name, rows)
  return rows
}
