import { join } from 'node:path'
import { served } from './served.ts'
import type { Bench, Prepared } from './side-by-side.ts'
import { wrk } from './wrk.ts'

const script = join(import.meta.dirname, 'report.lua')

async function perSecond(url: string): Promise<number> {
  const load = await wrk({ url: `${url}/api/v1/reports`, script, connections: 50, seconds: 5 })
  if (load.failed > 0) throw new Error(`${load.failed} were refused`)
  return load.perSecond
}

/** Two servers of this folder beside each other. */
async function beside(file: string, other: string): Promise<Prepared> {
  const [ours, peer] = [await served(file, []), await served(other, [])]
  return {
    ours: () => perSecond(ours.url),
    peer: () => perSecond(peer.url),
    close: () => Promise.all([ours.stop(), peer.stop()]),
  }
}

export const benches: readonly Bench[] = [
  {
    id: 'P1b',
    what: 'HTTP alone: the report’s whole schema checked and its answer serialised, beside Node’s bare server that parses JSON',
    unit: 'requests/s',
    target: { atLeast: 0.9 },
    bound:
      'Fastify itself and our headers, which alone stand at 0.82 of bare Node (P1b floor); two thirds of the rest is the socket’s write.',
    prepare: () => beside('bench/http-ours.ts', 'bench/http-raw.ts'),
  },
  {
    id: 'P1b floor',
    what: 'No code of ours: bare Fastify with our four headers, beside the same bare server. What P1b could be at most',
    unit: 'requests/s',
    target: { atLeast: 0.9 },
    bound: 'Fastify’s router, body parser and reply; our headers alone cost 0.07 of the 0.18.',
    prepare: () => beside('bench/http-fastify.ts', 'bench/http-raw.ts'),
  },
]
