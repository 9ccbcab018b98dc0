// Place search without the server: a worker searches the file that `keepPlaces` kept.
import type { PlaceAnswer } from '#src/kernel/city/contract.ts'
import { fetchPlaces } from './places-kept.ts'
import type { Ask } from './places-worker.ts'
import workerScript from './places-worker.ts?worker&url'
import { trustedWorker } from './trusted-worker.ts'

export { forgetPlaces, lineIsGood } from './places-kept.ts'

let worker: Worker | null = null
let asked = 0
const waiting = new Map<number, (answer: PlaceAnswer | null) => void>()

/**
 * Makes this phone ready to search without the server: starts the worker while its script can still be
 * had, then fetches the places (about 0.6 MB, once a week at most). Rejects when the server does not answer.
 */
export async function keepPlaces(): Promise<void> {
  await ask(null, '', 0)
  await fetchPlaces()
}

/**
 * Answers as `GET /api/v1/places` does, from this phone alone; null when the phone keeps no places, or
 * cannot search them. The first answer takes longer: the file is opened for it.
 */
export const searchOffline = (
  query: string,
  lang: string,
  limit = 8,
): Promise<PlaceAnswer | null> => ask(query, lang, limit)

function ask(query: string | null, lang: string, limit: number): Promise<PlaceAnswer | null> {
  worker ??= start()
  const searching = worker
  return new Promise((resolve) => {
    asked += 1
    waiting.set(asked, resolve)
    searching.postMessage({ number: asked, query, lang, limit } satisfies Ask)
  })
}

function start(): Worker {
  const started = new Worker(trustedWorker('porchlight-places', workerScript), { type: 'module' })
  started.addEventListener('message', ({ data }) => settle(data.number, data.answer))
  // A worker that cannot run answers nothing: whoever waits goes on without.
  started.addEventListener('error', () => {
    worker = null
    for (const number of waiting.keys()) settle(number, null)
  })
  return started
}

function settle(number: number, answer: PlaceAnswer | null): void {
  waiting.get(number)?.(answer)
  waiting.delete(number)
}
