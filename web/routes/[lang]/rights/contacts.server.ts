import { dayOf } from '../told.ts'

type City = App.Locals['app']['city']

/** Enough to reach somebody, few enough to choose from. */
const most = 4

/** The city's numbers to call, in the order of its pack, in the reader's language. */
export const contactsOf = (city: City, lang: string) =>
  city.contacts
    .filter(({ phone }) => phone !== undefined)
    .slice(0, most)
    .map(({ id, name, phone = '', hours, asOf }) => ({
      id,
      name: name[lang] ?? name.en ?? id,
      phone,
      dial: phone.replace(/[^\d+*#]/g, ''),
      hours: hours?.[lang] ?? hours?.en ?? null,
      asOf: dayOf(asOf, lang),
    }))
