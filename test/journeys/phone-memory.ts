import type { Page } from 'playwright-core'

/** Everything that our origin keeps on a phone, as text; our own scripts and letters left out. */
export const phoneMemory = (page: Page): Promise<string> =>
  page.evaluate(async () => {
    const done = <T>(asked: IDBRequest<T>): Promise<T> =>
      new Promise((resolve, reject) => {
        asked.onsuccess = () => resolve(asked.result)
        asked.onerror = () => reject(asked.error)
      })
    const cached = async (name: string): Promise<string[]> => {
      const cache = await caches.open(name)
      const texts = (await cache.keys())
        .filter(({ url }) => !/\.(woff2|js)$|\/index$/.test(url))
        .map(async (request) => `${request.url} ${await (await cache.match(request))?.text()}`)
      return Promise.all(texts)
    }
    const rowsOf = async (name: string): Promise<string[]> => {
      const database = await done(indexedDB.open(name))
      const rows = [...database.objectStoreNames].map((store) =>
        done(database.transaction(store).objectStore(store).getAll()),
      )
      const all = (await Promise.all(rows)).flat() as { sealed: Uint8Array | null }[]
      database.close()
      return all.flatMap((row) => [
        JSON.stringify(row),
        new TextDecoder('latin1').decode(row.sealed ?? new Uint8Array()),
      ])
    }
    const kept = await Promise.all([
      ...(await caches.keys()).map(cached),
      ...(await indexedDB.databases()).map(({ name }) => rowsOf(name ?? '')),
    ])
    return [
      document.cookie,
      ...Object.values(localStorage),
      ...Object.values(sessionStorage),
      ...kept.flat(),
    ].join('\n')
  })
