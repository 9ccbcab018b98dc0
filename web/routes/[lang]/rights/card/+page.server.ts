import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals: { app }, params: { lang } }) => {
  const { englishName, dir } = app.city.languages.find(({ code }) => code === lang) ?? {
    englishName: 'English',
    dir: 'ltr' as const,
  }
  return { languageName: englishName, dir, lines: app.pages.officerCard() }
}
