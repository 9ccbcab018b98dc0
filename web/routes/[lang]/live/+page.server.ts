import { redirect } from '@sveltejs/kit'
import { mapOf } from '../map.server.ts'
import { cardsOf, cityName, clockOf, split } from '../public-view.server.ts'
import { byName } from '../told.ts'
import type { PageServerLoad } from './$types'
import { areaList, findArea, nameOf } from './find-area.server.ts'

const wordsLimit = 200

export const load: PageServerLoad = async ({ locals: { app }, params: { lang }, url }) => {
  const { city } = app
  const near = (url.searchParams.get('near') ?? '').trim().slice(0, wordsLimit)
  const found = near ? findArea(city, near, lang) : null
  // The words do not stay in the address, nor in the history of a shared phone.
  if (found?.kind === 'one') redirect(303, `/${lang}/live?area=${encodeURIComponent(found.id)}`)
  const area = city.areaById(url.searchParams.get('area') ?? '')
  const view = await app.pages.live(area ? { area: area.id } : {})
  const { now, earlier } = split(view.incidents)
  return {
    halt: await app.pages.halted(),
    near,
    found,
    area: area ? { id: area.id, name: nameOf(area, lang) } : null,
    place: area ? nameOf(area, lang) : cityName(city, lang),
    boroughs: areaList(city, lang, byName(lang)),
    clock: clockOf(app, view.now, lang),
    lastCheckedAt: view.lastCheckedAt,
    now: cardsOf(app, now, lang),
    earlier: cardsOf(app, earlier, lang),
    map: mapOf(app, area?.id),
    /** What this page knows, so that its script can tell news from what is here. */
    known: view.incidents
      .map(({ id, revision, status }) => `${id}.${revision}.${status}`)
      .join(' '),
  }
}
