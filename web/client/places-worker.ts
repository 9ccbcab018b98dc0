// The places of the city, searched on the phone itself: the server's own index and the server's own
// search. It is started only when it is needed, beside the page, so that typing never waits for it.
import { searchPlaces } from '#src/kernel/city/search/place-search.ts'
import { makeSearchIndex, type SearchIndex } from '#src/kernel/city/search/search-index.ts'
import { openTables } from '#src/kernel/city/search/tables.ts'
import { keptPlaces } from './places-kept.ts'

/** What the page asks; the answer bears the same number. */
export interface Ask {
  number: number
  /** Null only asks whether the worker runs. */
  query: string | null
  lang: string
  limit: number
}

let index: Promise<SearchIndex | null> | null = null

async function open(): Promise<SearchIndex | null> {
  const bytes = await keptPlaces()
  return bytes && makeSearchIndex(openTables(bytes))
}

addEventListener('message', async ({ data }: MessageEvent<Ask>) => {
  const { number, query, lang, limit } = data
  if (query === null) return postMessage({ number, answer: null })
  index ??= open().catch(() => null)
  const found = await index
  // Nothing is kept yet: the next question looks again.
  if (!found) index = null
  postMessage({ number, answer: found && searchPlaces(found, query, { lang, limit }) })
})
