import { brotliCompressSync, constants } from 'node:zlib'
import type { AlertsRoom } from '../room.ts'

/** The city's feed as it is served: the same bytes for everybody who asks within some seconds. */
export interface ServedFeed {
  bytes: Buffer
  compressed: Buffer
  keyId: string
}

/** How long a signed feed is served before it is signed anew: what a phone knows is that old at most. */
const freshMilliseconds = 15_000

/** Serves the city's feed, or that of drills, signed again when a word has come or it has grown old. */
export function makeFeed(
  { signer, kernel }: Pick<AlertsRoom, 'signer' | 'kernel'>,
  of: 'alerts' | 'drills' = 'alerts',
) {
  let kept: { feed: ServedFeed; at: number; seq: string } | null = null
  let making: Promise<ServedFeed> | null = null
  const make = async (seq: string): Promise<ServedFeed> => {
    const at = kernel.clock.now().getTime()
    const { bytes, keyId } = await (of === 'drills' ? signer.drillFeed() : signer.feed())
    const compressed = brotliCompressSync(bytes, {
      params: {
        [constants.BROTLI_PARAM_QUALITY]: 11,
        [constants.BROTLI_PARAM_SIZE_HINT]: bytes.length,
      },
    })
    kept = { feed: { bytes, compressed, keyId }, at, seq }
    return kept.feed
  }
  return async (): Promise<ServedFeed> => {
    const seq = await (of === 'drills' ? lastDrill(kernel) : lastNumber(kernel))
    const now = kernel.clock.now().getTime()
    if (kept && kept.seq === seq && Math.abs(now - kept.at) < freshMilliseconds) return kept.feed
    making ??= make(seq).finally(() => {
      making = null
    })
    return making
  }
}

/** The number of the newest act in the ledger: it changes with every alert. */
const lastNumber = async ({ db }: AlertsRoom['kernel']): Promise<string> =>
  (
    await db
      .selectFrom('ledger_counter')
      .select('seq')
      .where('id', '=', 1)
      .executeTakeFirstOrThrow()
  ).seq

/** Drills are in no ledger: how many words of them there are. */
const lastDrill = async ({ db }: AlertsRoom['kernel']): Promise<string> =>
  (
    await db
      .selectFrom('alerts')
      .select(({ fn }) => fn.countAll<string>().as('count'))
      .where('audience', '=', 'drills')
      .executeTakeFirstOrThrow()
  ).count
