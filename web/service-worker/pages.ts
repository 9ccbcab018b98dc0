import { keptGuide } from './guide-pages.ts'
import { keepPage, keptPage, stillWanted } from './kept-pages.ts'
import { offlinePageOf } from './which.ts'

/** A copy as young as this is shown at once; the page itself looks for news as soon as it stands. */
const youngMilliseconds = 10 * 60_000
/** After this an older copy is better than nothing. */
const patienceMilliseconds = 4000
/** A form on its way may take longer: the copy of nothing is no answer to it. */
const sendingMilliseconds = 15_000

const inTime = (request: Request, milliseconds: number): Promise<Response> =>
  Promise.race([
    fetch(request),
    new Promise<never>((_, reject) => {
      setTimeout(() => reject(new Error('no answer in time')), milliseconds)
    }),
  ])

/** The server, or a proxy before it, is not there: as good as no line. */
const isDown = ({ status }: Response): boolean => status >= 502 && status <= 504

/** A page: a young copy at once, else the server, else an older copy, else the report form that is kept. */
export async function answerPage(event: FetchEvent): Promise<Response> {
  const { request } = event
  const wanted = stillWanted()
  const kept = await keptPage(request.url)
  if (kept && isYoung(kept) && !wantsNew(request)) {
    event.waitUntil(renew(request).catch(() => undefined))
    return kept
  }
  try {
    const answer = await inTime(request, kept ? patienceMilliseconds : sendingMilliseconds)
    if (isDown(answer)) return kept ?? (await withoutLine(request.url)) ?? answer
    event.waitUntil(keepPage(request.url, answer.clone(), wanted).catch(() => undefined))
    return answer
  } catch (error) {
    const instead = kept ?? (await withoutLine(request.url))
    if (instead) return instead
    throw error
  }
}

/** A guide that was kept; for any other page the report form. */
const withoutLine = async (url: string): Promise<Response | undefined> =>
  (await keptGuide(url)) ?? offlineForm(url)

async function renew({ url }: Request): Promise<void> {
  const wanted = stillWanted()
  await keepPage(url, await fetch(url, { credentials: 'omit' }), wanted)
}

const isYoung = (page: Response): boolean =>
  Date.now() - Date.parse(page.headers.get('date') ?? '') < youngMilliseconds

/** "Look again", and the browser's own button for it. */
const wantsNew = ({ url, referrer, cache }: Request): boolean =>
  cache === 'no-cache' ||
  cache === 'reload' ||
  (referrer !== '' && new URL(referrer).pathname === new URL(url).pathname)

const offlineForm = (url: string): Promise<Response | undefined> => keptPage(offlinePageOf(url))

/**
 * A button of the report form. If it reaches nobody, the kept form opens with all that was typed in it: nothing
 * is written down on the way.
 */
export async function answerSending(request: Request): Promise<Response> {
  const typed = request.clone().formData()
  try {
    const answer = await inTime(request, sendingMilliseconds)
    if (!isDown(answer)) return answer
    return (await withDraft(request.url, await typed)) ?? answer
  } catch (error) {
    const form = await withDraft(request.url, await typed)
    if (form) return form
    throw error
  }
}

async function withDraft(url: string, typed: FormData): Promise<Response | undefined> {
  const page = await offlineForm(url)
  if (!page) return undefined
  const fields = Object.fromEntries([...typed].filter(([, value]) => typeof value === 'string'))
  const draft = JSON.stringify({ action: new URL(url).search.slice('?/'.length), fields })
  const text = (await page.text()).replace(
    /<div hidden(?:="")? data-draft(?:="")?><\/div>/,
    () => `<div hidden data-draft>${escaped(draft)}</div>`,
  )
  return new Response(text, { headers: page.headers })
}

const escaped = (text: string): string =>
  text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;')
