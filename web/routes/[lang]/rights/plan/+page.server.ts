import { contactsOf } from '../contacts.server.ts'
import { guideOf } from '../guide.server.ts'
import type { PageServerLoad } from './$types'

/** The pack's guide about what is signed; a city without one has the plan alone. */
const papers = 'papers-to-sign'

export const load: PageServerLoad = async ({ locals: { app }, params: { lang } }) => {
  const guides = await app.pages.guides(lang)
  const has = guides.some(({ situation }) => situation === papers)
  return {
    papers: has ? await guideOf(app, papers, lang) : null,
    contacts: contactsOf(app.city, lang),
  }
}
