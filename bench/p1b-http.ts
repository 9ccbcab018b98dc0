import { join } from 'node:path'
import { served } from './served.ts'
import type { Bench } from './side-by-side.ts'
import { wrk } from './wrk.ts'

const script = join(import.meta.dirname, 'report.lua')

async function perSecond(url: string): Promise<number> {
  const load = await wrk({ url: `${url}/api/v1/reports`, script, connections: 50, seconds: 5 })
  if (load.failed > 0) throw new Error(`${load.failed} were refused`)
  return load.perSecond
}

export const benches: readonly Bench[] = [
  {
    id: 'P1b',
    what: 'HTTP alone: the report’s whole schema checked and its answer serialised, beside Node’s bare server that parses JSON',
    unit: 'requests/s',
    target: { atLeast: 0.9 },
    bound: 'The schema check and the router; the rest is Node’s own HTTP, which both pay.',
    async prepare() {
      const [ours, raw] = [
        await served('bench/http-ours.ts', []),
        await served('bench/http-raw.ts', []),
      ]
      return {
        ours: () => perSecond(ours.url),
        peer: () => perSecond(raw.url),
        close: () => Promise.all([ours.stop(), raw.stop()]),
      }
    },
  },
]
