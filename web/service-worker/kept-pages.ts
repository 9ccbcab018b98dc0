import { version } from '$app/env'
import { self as worker } from '$app/service-worker'
import { forgetAlerts, keptSubscription } from '../client/alerts/kept-alerts.ts'
import { forgetStore, keptReports } from '../client/offline/kept-reports.ts'

/** Pages as they were last seen, newest last. */
export const pagesName = `porchlight-pages-${version}`
/** What pages are made of. */
export const assetsName = `porchlight-assets-${version}`

/** A phone's memory of where its owner looked is short. */
const mostPages = 12

let exits = 0

/** Whether what is being fetched may still be kept: nobody has pressed quick exit since. Ask again before each writing. */
export function stillWanted(): () => boolean {
  const before = exits
  return () => exits === before
}

/** The page as it was last seen, or undefined. */
export const keptPage = (url: string): Promise<Response | undefined> =>
  caches.match(url, { cacheName: pagesName })

/** Keeps a page that may be kept: what holds somebody's words says `no-store`. */
export async function keepPage(url: string, page: Response, wanted = stillWanted()): Promise<void> {
  if (!wanted() || page.status !== 200 || page.headers.get('cache-control')?.includes('no-store'))
    return
  if (!page.headers.get('content-type')?.startsWith('text/html')) return
  const pages = await caches.open(pagesName)
  // Deleted and put again, it is the newest.
  await pages.delete(url)
  await pages.put(url, page)
  const seen = (await pages.keys()).filter(({ url: each }) => !each.includes('/report/offline'))
  for (const old of seen.slice(0, -mostPages)) await pages.delete(old)
}

/** Keeps the whole report form, and all that it is made of, for when there is no line. Rejects without one. */
export async function keepForOffline(path: string): Promise<void> {
  const wanted = stillWanted()
  const page = await fetch(path, { credentials: 'omit' })
  if (!page.ok) return
  const text = await page.clone().text()
  for (const address of await madeOf(text)) {
    if (await caches.match(address, { cacheName: assetsName })) continue
    await keepAsset(address, await fetch(address), wanted)
  }
  if (wanted()) await (await caches.open(pagesName)).put(path, page)
}

/** Keeps what never changes under its name. */
export async function keepAsset(
  address: string,
  asset: Response,
  wanted: () => boolean,
): Promise<void> {
  if (asset.status === 200 && wanted()) await (await caches.open(assetsName)).put(address, asset)
}

const addresses = /\/(?:_app\/immutable|fonts)\/[^"'()\s<>&]{1,300}/g

/** Scripts, sheets and letters of a page, and the letters its sheets name. */
export async function madeOf(text: string): Promise<Set<string>> {
  const found = new Set(text.match(addresses) ?? [])
  for (const sheet of [...found].filter((address) => address.endsWith('.css'))) {
    const rules = await (await fetch(sheet)).text()
    for (const address of rules.match(addresses) ?? []) found.add(address)
  }
  return found
}

const ours = async (): Promise<string[]> =>
  (await caches.keys()).filter((name) => /^porchlight-(pages|assets|guides)-/.test(name))

/** What an older release of ours left on this phone. */
export async function forgetOlderReleases(): Promise<void> {
  const older = (await ours()).filter((name) => !name.endsWith(`-${version}`))
  await Promise.all(older.map((name) => caches.delete(name)))
}

/**
 * Quick exit: no page that was seen stays here, nor this worker itself, unless a sealed report waits for it or
 * alerts come through it: who asked to be told is not left untold in silence. */
export async function forgetAll(): Promise<void> {
  exits++
  // The city's places too: the page that kept them may be gone before it has deleted them.
  const kept = (await caches.keys()).filter((name) => name.startsWith('porchlight-'))
  await Promise.all(kept.map((name) => caches.delete(name)))
  if ((await keptReports()).length > 0) return
  forgetStore()
  if (await keptSubscription()) return
  forgetAlerts()
  await worker.registration.unregister()
}
