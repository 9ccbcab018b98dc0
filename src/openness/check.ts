import type { PublicIncident } from '../incidents/index.ts'
import type { City } from '../kernel/city/index.ts'
import { listIncidents, publicIncident } from './live.ts'
import type { OpennessRoom } from './room.ts'

/** The answer to "did you send this, and is it true?" */
export type CheckAnswer =
  /** A code of ours: what we say of it now. */
  | { verdict: 'ours'; incident: PublicIncident; stillSo: boolean }
  /** Shaped like a code of ours, but we never published it. */
  | { verdict: 'not-ours' }
  /** No code; the text names a place, and this is what we know near there. */
  | {
      verdict: 'place'
      areaName: string
      incidents: PublicIncident[]
      lastCheckedAt: string | null
    }
  /** Neither a code nor a place: we cannot say. */
  | { verdict: 'unknown'; lastCheckedAt: string | null }

const codePattern = /(?<![0-9A-Z])[0-9A-HJKMNP-TV-Z]{4}-[0-9A-HJKMNP-TV-Z]{4}(?![0-9A-Z])/g
const holding = new Set(['confirmed', 'other-agency', 'unfounded'])

/** The codes of ours in a text, however they were typed; O is read as 0, I and L as 1. */
export function codesIn(text: string): string[] {
  const plain = text
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\p{Pd}]/gu, '-')
  const read = plain.replace(/O/g, '0').replace(/[IL]/g, '1')
  return [
    ...new Set(
      [...plain.matchAll(codePattern), ...read.matchAll(codePattern)].map((match) => match[0]),
    ),
  ].slice(0, 5)
}

/** Says whether a pasted message or code is ours, whether it is true, and whether it is still so. */
export async function check(room: OpennessRoom, text: string, lang: string): Promise<CheckAnswer> {
  const codes = codesIn(text)
  for (const code of codes) {
    const found = await publicIncident(room, code).catch(() => null)
    if (found)
      return {
        verdict: 'ours',
        incident: found.incident,
        stillSo: holding.has(found.incident.status),
      }
  }
  if (codes.length > 0) return { verdict: 'not-ours' }
  return rumour(room, text, lang)
}

async function rumour(room: OpennessRoom, text: string, lang: string): Promise<CheckAnswer> {
  const { city } = room.kernel
  const area = areaNamedIn(city, text, lang)
  const { incidents, lastCheckedAt } = await listIncidents(room, area ? { area: area.id } : {})
  if (!area) return { verdict: 'unknown', lastCheckedAt }
  return { verdict: 'place', areaName: area.label[lang] ?? area.name, incidents, lastCheckedAt }
}

/** The neighbourhood a text speaks of: by its name, or by a street corner or station in it. */
function areaNamedIn(city: City, text: string, lang: string) {
  const neighbourhoods = city.areas.filter(({ kind }) => kind === 'neighbourhood')
  const lower = text.toLowerCase()
  const named = neighbourhoods.find((area) =>
    [area.name, ...Object.values(area.label)].some(
      (name) => name.length > 3 && lower.includes(name.toLowerCase()),
    ),
  )
  if (named) return named
  const hit = city.search(text.slice(0, 200), { lang, limit: 1 }).places[0]
  if (!hit || hit.score < 0.6) return undefined
  return city.areasAt(hit).find(({ kind }) => kind === 'neighbourhood')
}
