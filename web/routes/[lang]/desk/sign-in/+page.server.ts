import { redirect } from '@sveltejs/kit'
import { visitor } from '../guard.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const to = returnPath(event.params.lang, event.url.searchParams.get('to'))
  if (await visitor(event)) redirect(303, to)
  return { to }
}

/** Where to go after: a page of the desk, whatever the address asks for. */
function returnPath(lang: string, asked: string | null): string {
  const home = `/${lang}/desk`
  if (!asked) return home
  const url = new URL(asked, 'http://desk.invalid')
  const inside = url.host === 'desk.invalid' && /^\/[A-Za-z-]+\/desk(\/|$)/.test(url.pathname)
  return inside && !url.pathname.includes('/desk/sign-') ? url.pathname + url.search : home
}
