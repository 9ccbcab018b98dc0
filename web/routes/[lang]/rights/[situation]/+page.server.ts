import { contactsOf } from '../contacts.server.ts'
import { guideOf } from '../guide.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals: { app }, params: { lang, situation } }) => ({
  guide: await guideOf(app, situation, lang),
  others: (await app.pages.guides(lang)).filter((guide) => guide.situation !== situation),
  contacts: contactsOf(app.city, lang),
})
