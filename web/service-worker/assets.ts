import { assetsName, keepAsset, stillWanted } from './kept-pages.ts'

/** From the phone if it is there, else from the line, and kept. */
export async function answerAsset(request: Request): Promise<Response> {
  const kept = await caches.match(request.url, { cacheName: assetsName })
  if (kept) return kept
  const wanted = stillWanted()
  const answer = await fetch(request)
  // A phone without room shows the page all the same.
  void keepAsset(request.url, answer.clone(), wanted).catch(() => undefined)
  return answer
}
