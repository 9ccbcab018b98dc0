import type { Handle } from '@sveltejs/kit/hooks'
import { compressed } from './compress.server.ts'

const rightToLeft = new Set(['ar', 'ur'])

/** Hands the one application to every page; `src/kernel/http/front.ts` put it on the request. */
export const handle: Handle = async ({ event, resolve }) => {
  if (!event.platform) throw new Error('pages are served by `porchlight serve` only')
  event.locals.app = event.platform.req.porchlight
  const lang = event.params.lang ?? 'en'
  const response = await resolve(event, {
    transformPageChunk: ({ html }) =>
      html.replace('%lang%', lang).replace('%dir%', rightToLeft.has(lang) ? 'rtl' : 'ltr'),
  })
  return compressed(event.request, response)
}
