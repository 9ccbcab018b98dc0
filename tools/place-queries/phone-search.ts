// The phone's search for a page's own thread, which alone can be slowed: on-a-phone.ts times it there.
import { searchPlaces } from '../../src/kernel/city/search/place-search.ts'
import { makeSearchIndex } from '../../src/kernel/city/search/search-index.ts'
import { openTables } from '../../src/kernel/city/search/tables.ts'

interface Asked {
  query: string
  lang: string
}

/** Milliseconds to open the file and answer once, and then for each query. */
export function timed(
  bytes: Uint8Array,
  asked: readonly Asked[],
): [opened: number, each: number[]] {
  const from = performance.now()
  const index = makeSearchIndex(openTables(bytes))
  searchPlaces(index, 'rosevelt & 82')
  const opened = performance.now() - from
  const each = asked.map(({ query, lang }) => {
    const start = performance.now()
    searchPlaces(index, query, { lang, limit: 6 })
    return performance.now() - start
  })
  return [opened, each]
}
