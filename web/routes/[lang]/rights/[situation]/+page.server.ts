import { contactsOf } from '../contacts.server.ts'
import { guideOf } from '../guide.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals: { app }, params: { lang, situation } }) => ({
  guide: guideOf(app, situation, lang),
  others: app.pages.guides(lang).filter((guide) => guide.situation !== situation),
  contacts: contactsOf(app.city, lang),
})
