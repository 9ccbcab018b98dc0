// What somebody asked for, as it would be sent: cells, never a place.
import type { NewSubscription, StoredSubscription } from '#src/alerts/contract.ts'
import type { Width } from '#src/alerts/contract-widths.ts'
import { post, Refused } from './ask-server.ts'
import type { OwnPlace } from './kept-alerts.ts'
import { chosenPlaces } from './places.ts'

export type Way = 'webpush' | 'pull' | 'sms' | 'email'

export interface Wish {
  way: Way
  /** Stays on this phone. */
  places: OwnPlace[]
  /** What may be sent; where to send comes to it at the end. */
  asked: Pick<NewSubscription, 'language' | 'cells' | 'wants' | 'quiet'>
  address: Pick<NewSubscription, 'phone' | 'email'>
}

/** Reads the form. Throws Refused. */
export async function readWish(form: HTMLFormElement): Promise<Wish> {
  const data = new FormData(form)
  const text = (name: string): string => String(data.get(name) ?? '')
  const chosen = chosenPlaces()
  if (chosen.length === 0) throw new Refused('no-places')
  // Loaded now and not before: it is the heaviest part of the page.
  const { cellsAround } = await import('./cells.ts')
  const places = chosen.map((place) => ({
    name: place.name(),
    cells: cellsAround(place, text('width') as Width),
  }))
  const quiet = data.getAll('quiet')
  return {
    way: text('channel') as Way,
    places,
    asked: {
      language: text('language'),
      cells: [...new Set(places.flatMap(({ cells }) => cells))],
      wants: data.getAll('wants').length > 0 ? (data.getAll('wants') as never) : ['alerts'],
      quiet: quiet.includes('on')
        ? { from: text('from'), to: text('to'), wake: quiet.includes('wake') }
        : null,
    },
    address: {
      ...(text('channel') === 'sms' ? { phone: text('phone') } : {}),
      ...(text('channel') === 'email' ? { email: text('email') } : {}),
    },
  }
}

/** What would be stored; null where nothing would. Asks the server with the cells alone. */
export async function preview({ way, asked }: Wish): Promise<StoredSubscription | null> {
  if (way === 'pull') return null
  const { cells } = await post<{ cells: string[] }>('/api/v1/subscriptions/preview', {
    cells: asked.cells,
  })
  const { language, wants, quiet = null } = asked
  return { cells, channel: way, language, wants, quiet }
}
