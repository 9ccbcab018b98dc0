import { assetsName } from './kept-pages.ts'

/** From the phone if it is there, else from the line, and kept. */
export async function answerAsset(request: Request): Promise<Response> {
  const kept = await caches.match(request.url, { cacheName: assetsName })
  if (kept) return kept
  const answer = await fetch(request)
  if (answer.ok && answer.status === 200) {
    const copy = answer.clone()
    // A phone without room shows the page all the same.
    void caches
      .open(assetsName)
      .then((cache) => cache.put(request.url, copy))
      .catch(() => undefined)
  }
  return answer
}
