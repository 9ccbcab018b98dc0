import type { LayoutServerLoad } from './$types'

export const load: LayoutServerLoad = ({ locals, params, url }) => {
  const { city } = locals.app
  return {
    lang: params.lang,
    cityName: city.name[params.lang] ?? city.name.en ?? city.id,
    languages: city.languages,
    quickExitUrl: city.quickExitUrl,
    /** An invented city on show: a banner says so on every page. */
    demo: locals.app.demo,
    /** The page's path without its language, so that the language menu leads to the same page. */
    path: url.pathname.split('/').slice(2).join('/'),
  }
}
