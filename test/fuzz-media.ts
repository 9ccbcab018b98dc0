import { pathToFileURL } from 'node:url'
import { makeDecoder } from '../src/reports/media/decode.ts'
import { jpegWithExif, png, video } from './media-files.ts'

// node test/fuzz-media.ts [COUNT] [SEED]: sends that many spoilt photos and videos through the decoder's own process
// and counts what became of them. A crash or hang of a decoder is an answer; one of this program is a fault.

/** Random numbers in [0, 1) that a seed repeats (mulberry32, public domain). */
export function mulberry(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state)
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296
  }
}

/** A copy with bits turned, parts cut out, doubled, or written over; its first twelve bytes still say what it is. */
export function spoilt(whole: Buffer, random: () => number): Buffer {
  let bytes = Buffer.from(whole)
  const at = (): number =>
    Math.min(bytes.length, 12 + Math.floor(random() * Math.max(1, bytes.length - 12)))
  const ways = [
    () => {
      const place = at()
      bytes[place] = (bytes[place] ?? 0) ^ (1 << Math.floor(random() * 8))
    },
    () => {
      const place = at()
      bytes.fill(random() < 0.5 ? 0xff : 0, place, Math.min(place + 8, bytes.length))
    },
    () => {
      bytes = bytes.subarray(0, at())
    },
    () => {
      const [from, to] = [at(), at()].sort((a, b) => a - b) as [number, number]
      bytes = Buffer.concat([bytes.subarray(0, to), bytes.subarray(from)])
    },
  ]
  for (let n = 0; n <= random() * 6; n++) ways[Math.floor(random() * ways.length)]?.()
  return bytes
}

async function main(count: number, seed: number): Promise<void> {
  const random = mulberry(seed)
  const seeds = [await jpegWithExif(), png(60, 40), await video('webm'), await video('mp4')]
  const decoder = makeDecoder()
  const outcomes = new Map<string, number>()
  const slowest = { milliseconds: 0 }
  const begun = process.memoryUsage().rss
  const one = async (bytes: Buffer): Promise<void> => {
    const start = performance.now()
    const outcome = await decoder.clean(bytes).then(
      () => 'cleaned',
      ({ code }) => String(code),
    )
    slowest.milliseconds = Math.max(slowest.milliseconds, performance.now() - start)
    outcomes.set(outcome, (outcomes.get(outcome) ?? 0) + 1)
  }
  for (let n = 0; n < count; n += 2)
    await Promise.all(
      [n, n + 1].map((each) => one(spoilt(seeds[each % seeds.length] as Buffer, random))),
    )
  const grown = Math.round((process.memoryUsage().rss - begun) / 1024 / 1024)
  console.log(Object.fromEntries(outcomes))
  console.log(`slowest ${Math.round(slowest.milliseconds)} ms; this process grew by ${grown} MB`)
}

if (import.meta.url === pathToFileURL(process.argv[1] ?? '').href)
  await main(Number(process.argv[2] ?? 400), Number(process.argv[3] ?? 1))
