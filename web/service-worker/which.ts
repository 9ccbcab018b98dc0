// Which requests the service worker answers. All others go their way as if it were not there.

const pathOf = (url: string): string => new URL(url).pathname
const ours = ({ url }: Request): boolean => new URL(url).origin === location.origin

/** Rooms of people who sign in, and what only shows off: nothing of them is kept on a phone. */
const never = /^\/[^/]+\/(desk|demo|sealed)(\/|$)/

/** What never changes under its name. */
export const isAsset = (request: Request): boolean =>
  ours(request) &&
  request.method === 'GET' &&
  /^\/(_app\/immutable\/|fonts\/|icon(-plain)?\.svg$)/.test(pathOf(request.url)) &&
  !never.test(pathOf(request.referrer || location.href))

const language = /^\/[a-z]{2}(-[A-Za-z]+)?(\/|$)/

/** A page that somebody opens. */
export const isPage = (request: Request): boolean =>
  ours(request) &&
  request.method === 'GET' &&
  request.mode === 'navigate' &&
  (pathOf(request.url) === '/' || language.test(pathOf(request.url))) &&
  !never.test(pathOf(request.url))

/** A button of the report form. */
export const isSending = (request: Request): boolean =>
  ours(request) &&
  request.method === 'POST' &&
  request.mode === 'navigate' &&
  /^\/[^/]+\/report$/.test(pathOf(request.url))

/** The page that holds the whole report form, in the language of another page. */
export const offlinePageOf = (url: string): string =>
  `/${pathOf(url).split('/')[1] || 'en'}/report/offline`
