import type { Handle } from '@sveltejs/kit/hooks'

const rightToLeft = new Set(['ar', 'ur'])

/** Hands the one application to every page; `src/kernel/http/front.ts` put it on the request. */
export const handle: Handle = ({ event, resolve }) => {
  if (!event.platform) throw new Error('pages are served by `porchlight serve` only')
  event.locals.app = event.platform.req.porchlight
  const lang = event.params.lang ?? 'en'
  return resolve(event, {
    transformPageChunk: ({ html }) =>
      html.replace('%lang%', lang).replace('%dir%', rightToLeft.has(lang) ? 'rtl' : 'ltr'),
  })
}
