import { orErrorPage } from '../../problem.ts'
import type { PageServerLoad } from './$types'

/** A drill's own page: nothing leads to it but the drill itself. */
export const load: PageServerLoad = async ({
  locals: { app },
  params: { lang, id },
  setHeaders,
}) => {
  setHeaders({ 'x-robots-tag': 'noindex' })
  return orErrorPage(app.pages.drill(id.toUpperCase(), lang))
}
