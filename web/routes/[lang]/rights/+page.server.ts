import type { PageServerLoad } from './$types'
import { contactsOf } from './contacts.server.ts'

export const load: PageServerLoad = async ({ locals: { app }, params: { lang } }) => {
  const guides = await app.pages.guides(lang)
  return {
    guides: guides.filter(({ audiences }) => !audiences.includes('staff')),
    staff: guides.filter(({ audiences }) => audiences.includes('staff')),
    contacts: contactsOf(app.city, lang),
  }
}
