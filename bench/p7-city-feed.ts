import { join } from 'node:path'
import { brotliCompressSync, constants, gzipSync } from 'node:zlib'
import { latLngToCell } from 'h3-js'
import type { Alert } from '../src/alerts/contract-alert.ts'
import { encodeFeed } from '../src/alerts/feed/encode-feed.ts'
import { loadCity } from '../src/kernel/city/index.ts'
import { randomIds } from '../src/kernel/ids.ts'
import { numbers, pointsOf } from './audience.ts'
import type { Bench } from './side-by-side.ts'

const now = new Date('2026-11-24T18:00:00Z')
const count = 200

/** Two hundred alerts of New York's own corners, all live at once: more than any day has had. */
async function alertsOf(): Promise<Alert[]> {
  const city = await loadCity(join(import.meta.dirname, '..', 'cities', 'nyc'))
  const random = numbers(5)
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T
  return pointsOf(count * 2, 13)
    .flatMap((point) => city.nearestCorner(point) ?? [])
    .slice(0, count)
    .map((corner) => {
      const sent = new Date(now.getTime() - Math.floor(random() * 10_000) * 1000)
      return {
        v: 1,
        origin: 'https://porchlight.example',
        id: randomIds.code(),
        revision: 1 + Math.floor(random() * 3),
        kind: pick(['confirmed', 'confirmed', 'update', 'all-clear'] as const),
        activity: pick(['raid', 'arrest', 'stop', 'patrol']),
        precision: 'corner',
        place: corner.label,
        areas: corner.areas.slice(0, 6),
        cells: [latLngToCell(corner.lat, corner.lon, 9)],
        seenAt: new Date(Math.floor(sent.getTime() / 300_000) * 300_000).toISOString(),
        sentAt: sent.toISOString(),
        expiresAt: new Date(sent.getTime() + 10_800_000).toISOString(),
        correction: null,
        drill: false,
      }
    })
}

/** What a phone would be sent without a layout of our own: the same facts as JSON. */
const asJson = (alerts: readonly Alert[]): Buffer =>
  Buffer.from(
    JSON.stringify({
      signedAt: now,
      alerts: alerts.map(
        ({ v: _v, origin: _origin, drill: _drill, areas: _areas, ...facts }) => facts,
      ),
      signature: 'A'.repeat(86),
    }),
  )

/** A signature is as random as these bytes. */
const signature = (): string =>
  Buffer.from(Array.from({ length: 64 }, numbers(1)).map((n) => n * 256)).toString('base64url')

export const benches: readonly Bench[] = [
  {
    id: 'P7',
    what: 'the city feed with 200 live alerts, beside the same facts as JSON and gzip',
    unit: 'bytes',
    target: { atMost: 0.35 },
    bound:
      'half of it are the names of places, a quarter are numbers of incidents and cells, which do not compress',
    async prepare() {
      const alerts = await alertsOf()
      const bytes = encodeFeed(alerts, now, signature)
      const params = { [constants.BROTLI_PARAM_QUALITY]: 11 }
      return {
        ours: () => brotliCompressSync(bytes, { params }).length,
        peer: () => gzipSync(asJson(alerts), { level: 6 }).length,
      }
    },
  },
]
