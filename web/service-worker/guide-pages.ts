import { version } from '$app/env'
import { assetsName, keepAsset, madeOf, stillWanted } from './kept-pages.ts'

/** The guides of one language, whole: they are kept apart from the few pages that were seen last. */
export const guidesName = `porchlight-guides-${version}`

/** One look for news an hour is enough; a translation that was approved comes with it. */
const freshMilliseconds = 3_600_000
/** No city has more; a page that lists more is not followed further. */
const mostGuides = 80

/** A guide as it was kept, or undefined. */
export const keptGuide = (url: string): Promise<Response | undefined> =>
  caches.match(url.split('?')[0] ?? url, { cacheName: guidesName })

/**
 * Keeps every page that the list at `path` (`/ht/rights`) leads to, and all that they are made of. They are written
 * when the last of them is here: half a new set never stands beside half an old one. Rejects without a line.
 */
export async function keepGuides(path: string): Promise<void> {
  const wanted = stillWanted()
  const kept = await keptGuide(new URL(path, location.href).href)
  const at = Date.parse(kept?.headers.get('date') ?? '')
  if (Date.now() - at < freshMilliseconds) return
  const list = await whole(path)
  const pages = new Map([[path, list]])
  for (const link of linksUnder(path, await list.clone().text())) pages.set(link, await whole(link))
  for (const page of pages.values()) await keepParts(await page.clone().text(), wanted)
  if (!wanted()) return
  const cache = await caches.open(guidesName)
  await Promise.all([...pages].map(([address, page]) => cache.put(address, page)))
}

async function whole(path: string): Promise<Response> {
  const page = await fetch(path, { credentials: 'omit' })
  if (!page.ok) throw new Error(`${path} was answered ${page.status}`)
  return page
}

/** The addresses of a page that lie under its own: `/ht/rights/car`. */
function linksUnder(path: string, text: string): string[] {
  const links = text
    .split('href="')
    .slice(1)
    .map((rest) => rest.slice(0, rest.indexOf('"')))
  return [...new Set(links.filter((link) => link.startsWith(`${path}/`)))].slice(0, mostGuides)
}

async function keepParts(text: string, wanted: () => boolean): Promise<void> {
  for (const address of await madeOf(text))
    if (!(await caches.match(address, { cacheName: assetsName })))
      await keepAsset(address, await fetch(address), wanted)
}
