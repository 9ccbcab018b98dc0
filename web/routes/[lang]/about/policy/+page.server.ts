import { dayOf } from '../../told.ts'
import type { PageServerLoad } from './$types'

type Text = Record<string, string> | undefined

export const load: PageServerLoad = ({ locals: { app }, params: { lang } }) => {
  const { city } = app
  const inLanguage = (text: Text): string | null => text?.[lang] ?? text?.en ?? null
  return {
    datasets: city.datasets.map(({ title, publisher, licence, date }) => ({
      title,
      publisher,
      licence,
      date: date === 'unknown' ? null : dayOf(date, lang),
    })),
    contacts: city.contacts.map(({ id, name, phone, url, hours, asOf, verified }) => ({
      id,
      name: inLanguage(name) ?? id,
      phone: phone ?? null,
      url: url ?? null,
      hours: inLanguage(hours),
      asOf: dayOf(asOf, lang),
      verified: verified ?? false,
    })),
  }
}
