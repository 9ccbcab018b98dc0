import { need, signedIn } from '../../guard.server.ts'
import type { RequestHandler } from './$types'

/** The texts of one language as XLIFF 2, for a translator's own tool. */
export const GET: RequestHandler = async (event) => {
  const actor = await signedIn(event)
  const lang = event.url.searchParams.get('in') ?? ''
  const xml = await need(event.locals.app.pages.translationsFile(actor, lang))
  return new Response(xml, {
    headers: {
      'content-type': 'application/xliff+xml; charset=utf-8',
      'content-disposition': `attachment; filename="guides-${lang.replace(/[^A-Za-z-]/g, '')}.xlf"`,
      'cache-control': 'no-store',
    },
  })
}
