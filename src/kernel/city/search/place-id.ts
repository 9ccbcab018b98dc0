// Ids that stay the same from one release of the data to the next: made of names, never of row numbers.
import { distanceMetres, type Point } from '../../geo.ts'
import { fold, splitWords } from './fold.ts'

/** Its own short list, frozen: a change here changes ids that people and tables hold. */
const SLUG_WORDS: Record<string, string> = {
  street: 'st',
  avenue: 'av',
  ave: 'av',
  boulevard: 'blvd',
  road: 'rd',
  drive: 'dr',
  place: 'pl',
  parkway: 'pkwy',
  expressway: 'expy',
}

/** Two rows of one name nearer than this are one crossing of a divided road. */
const SAME_CROSSING_METRES = 120

/** "Roosevelt Avenue" -> "roosevelt-av". */
export function slug(name: string): string {
  const words = splitWords(fold(name)).filter((word) => /[\p{L}\p{N}]/u.test(word))
  return words.map((word) => SLUG_WORDS[word] ?? word).join('-')
}

/** "borough-queens" -> "queens": the part of a parent id after its kind. */
export function withinSlug(areaId: string): string {
  return areaId.slice(areaId.indexOf('-') + 1).toLowerCase()
}

/** Id of a corner from the slugs of its streets, whose order does not matter. */
export function cornerId(slugA: string, slugB: string, within: string): string {
  const [first, second] = [slugA, slugB].sort()
  return `x:${first}+${second}${at(within)}`
}

/** Id of a place that has a name. */
export function namedId(kind: string, name: string, within: string): string {
  return `${kind}:${slug(name)}${at(within)}`
}

const at = (within: string) => (within ? `@${withinSlug(within)}` : '')

/** An id whose name another row bears too, told apart by its position to about 100 m. */
export const withPosition = (id: string, { lat, lon }: Point): string =>
  `${id}~${lat.toFixed(3)},${lon.toFixed(3)}`

/** True for an id that `withPosition` made. */
export const isPositioned = (id: string): boolean => /~-?\d{1,3}\.\d{3},-?\d{1,3}\.\d{3}$/.test(id)

/**
 * Gives every row its id. Rows with one id within 120 m of each other become the first of them (south to north);
 * those further apart get their position, to about 100 m, appended. Returns the kept rows with their ids.
 */
export function giveIds<T extends Point>(
  rows: readonly T[],
  baseId: (row: T) => string,
): { row: T; id: string }[] {
  const groups = new Map<string, T[]>()
  for (const row of rows) {
    const id = baseId(row)
    const group = groups.get(id)
    if (group) group.push(row)
    else groups.set(id, [row])
  }
  const given: { row: T; id: string }[] = []
  for (const [id, group] of groups) given.push(...idsOfGroup(id, group))
  return given
}

function idsOfGroup<T extends Point>(id: string, group: T[]): { row: T; id: string }[] {
  if (group.length === 1) return [{ row: group[0] as T, id }]
  const kept: T[] = []
  for (const row of [...group].sort((a, b) => a.lat - b.lat || a.lon - b.lon)) {
    if (!kept.some((other) => distanceMetres(other, row) < SAME_CROSSING_METRES)) kept.push(row)
  }
  if (kept.length === 1) return [{ row: kept[0] as T, id }]
  return kept.map((row) => ({ row, id: withPosition(id, row) }))
}
