import type { PageServerLoad } from './$types'
import { cardsOf, clockOf, split } from './public-view.server.ts'

/** Cards on the first page; the list has them all. */
const most = 3

export const load: PageServerLoad = async ({ locals: { app }, params: { lang } }) => {
  const { now, lastCheckedAt, incidents } = await app.pages.live({})
  const { now: confirmed, earlier } = split(incidents)
  return {
    clock: clockOf(app, now, lang),
    lastCheckedAt,
    count: confirmed.length,
    confirmed: cardsOf(app, confirmed.slice(0, most), lang),
    earlier: cardsOf(app, earlier.slice(0, confirmed.length > 0 ? 1 : most), lang),
    some: incidents.length > 0,
  }
}
