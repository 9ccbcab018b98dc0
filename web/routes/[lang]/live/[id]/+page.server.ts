import { orErrorPage } from '../../problem.ts'
import { clockOf, placeOf } from '../../public-view.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals: { app }, params: { lang, id } }) => {
  const { now, incident, history } = await orErrorPage(app.pages.incident(id.toUpperCase()))
  return {
    clock: clockOf(app, now, lang),
    incident,
    history: history.toReversed(),
    place: placeOf(app.city, incident, lang),
    words: app.pages.words(incident, lang),
  }
}
