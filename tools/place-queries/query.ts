import type { Chance } from './chance.ts'
import type { Target } from './gold.ts'
import { type Noise, spoil } from './noise.ts'

export interface Query {
  kind: string
  text: string
  lang: string
  /** Where the person is, if they say. */
  near?: { lat: number; lon: number }
  gold: Target[]
}

/** Null where nothing in it could be spoilt. */
export function spoilt(query: Query | null, noise: Noise, draw: Chance): Query | null {
  if (!query) return null
  const text = spoil(query.text, noise, draw)
  return text === query.text ? null : { ...query, text }
}
