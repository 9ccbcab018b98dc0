import type { StoredSubscription } from '#src/alerts/contract.ts'
import type { Width } from '#src/alerts/contract-widths.ts'

export interface NamedPlace {
  placeId: string
  label: string
}

/** What somebody has answered so far: the page of a phone without script carries it from step to step. */
export interface Draft {
  query: string
  hits: NamedPlace[]
  chosen: NamedPlace[]
  width: Width
  wants: string[]
  language: string
  quiet: string[]
  from: string
  to: string
  channel: string
  phone: string
  email: string
  /** Which text says what is wrong. */
  problem: string | null
  /** What would be stored, once all is answered. */
  review: StoredSubscription | null
  /** It was taken, and its owner is asked. */
  pending: boolean
}

export const emptyDraft = (language: string): Draft => ({
  query: '',
  hits: [],
  chosen: [],
  width: 'walk',
  wants: ['alerts'],
  language,
  quiet: [],
  from: '22:00',
  to: '07:00',
  channel: '',
  phone: '',
  email: '',
  problem: null,
  review: null,
  pending: false,
})

/** As many as the cells of one subscription allow: seven each. */
export const mostPlaces = 10
