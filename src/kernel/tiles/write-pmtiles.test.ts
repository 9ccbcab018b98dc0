import { gunzipSync } from 'node:zlib'
import fc from 'fast-check'
import { PMTiles, zxyToTileId } from 'pmtiles'
import { describe, expect, it } from 'vitest'
import { Memory } from '../../../test/memory-archive.ts'
import { joinLines, type Line } from './join-lines.ts'
import { type Tile, writePmtiles } from './write-pmtiles.ts'

const facts = {
  bbox: [-74.25, 40.5, -73.7, 40.9] as [number, number, number, number],
  minZoom: 0,
  maxZoom: 14,
  metadata: { name: 'a city' },
}

async function readBack(tiles: readonly Tile[]): Promise<void> {
  const archive = new PMTiles(new Memory(writePmtiles(tiles, facts)))
  for (const { z, x, y, bytes } of tiles) {
    const found = await archive.getZxy(z, x, y)
    expect(
      Buffer.from(found?.data ?? new ArrayBuffer(0)).equals(Buffer.from(bytes)),
      `${z}/${x}/${y}`,
    ).toBe(true)
  }
}

describe('the archive', () => {
  const tile = fc.integer({ min: 0, max: 14 }).chain((z) =>
    fc.record({
      z: fc.constant(z),
      x: fc.integer({ min: 0, max: 2 ** z - 1 }),
      y: fc.integer({ min: 0, max: 2 ** z - 1 }),
      bytes: fc.uint8Array({ minLength: 1, maxLength: 300 }),
    }),
  )
  it('is read back, tile by tile, by the library that the browser uses', async () => {
    const tiles = fc.uniqueArray(tile, {
      selector: ({ z, x, y }) => zxyToTileId(z, x, y),
      maxLength: 60,
    })
    await fc.assert(fc.asyncProperty(tiles, readBack), { numRuns: 40 })
  })
  it('finds its tiles through leaf directories when there are very many', async () => {
    // Lengths and places without a pattern, so that the directory does not compress to nothing.
    const random = fc.sample(fc.nat({ max: 2 ** 26 - 1 }), { numRuns: 12_000, seed: 7 })
    const tiles = random.map((n): Tile => {
      const bytes = Buffer.from(`${n}${'x'.repeat(n % 211)}${n * 31}`)
      return { z: 13, x: n % 8192, y: Math.floor(n / 8192), bytes }
    })
    const unique = [...new Map(tiles.map((t) => [`${t.x}/${t.y}`, t])).values()]
    const bytes = writePmtiles(unique, facts)
    const header = await new PMTiles(new Memory(bytes)).getHeader()
    expect(header.leafDirectoryLength).toBeGreaterThan(0)
    expect(header.rootDirectoryOffset + header.rootDirectoryLength).toBeLessThanOrEqual(16_384)
    await readBack(unique.filter((_, i) => i % 50 === 0))
  })
  it('says what it holds', async () => {
    const archive = new PMTiles(
      new Memory(writePmtiles([{ z: 9, x: 1, y: 1, bytes: Buffer.from('a') }], facts)),
    )
    expect(await archive.getHeader()).toMatchObject({
      minLon: -74.25,
      minLat: 40.5,
      maxLon: -73.7,
      maxLat: 40.9,
      maxZoom: 14,
      tileType: 1,
      numTileEntries: 1,
    })
    expect(await archive.getMetadata()).toEqual({ name: 'a city' })
    expect(await archive.getZxy(9, 2, 2)).toBeUndefined()
  })
})

describe('joining lines', () => {
  const cutAnywhere = fc
    .tuple(
      fc.integer({ min: 2, max: 40 }),
      fc.array(fc.nat(), { maxLength: 12 }),
      fc.array(fc.boolean(), { minLength: 14, maxLength: 14 }),
    )
    .map(([length, cuts, flips]) => {
      const whole: Line = Array.from({ length }, (_, i) => [i, i % 3])
      const at = [...new Set([0, length - 1, ...cuts.map((cut) => cut % length)])].sort(
        (a, b) => a - b,
      )
      const parts = at.slice(1).map((end, i) => whole.slice(at[i], end + 1))
      return { whole, parts: parts.map((part, i) => (flips[i] ? [...part].reverse() : part)) }
    })
  it('makes one line of a street that was cut at its corners, however its pieces run', () => {
    fc.assert(
      fc.property(cutAnywhere, ({ whole, parts }) => {
        const [joined, ...more] = joinLines(parts)
        expect(more).toEqual([])
        const reversed = [...whole].reverse()
        expect([JSON.stringify(whole), JSON.stringify(reversed)]).toContain(JSON.stringify(joined))
      }),
    )
  })
  it('does not choose where three meet', () => {
    const fork: Line[] = [
      [
        [0, 0],
        [1, 0],
      ],
      [
        [1, 0],
        [2, 1],
      ],
      [
        [1, 0],
        [2, -1],
      ],
    ]
    expect(joinLines(fork)).toHaveLength(3)
  })
  it('ends with a ring', () => {
    const ring: Line[] = [
      [
        [0, 0],
        [1, 0],
      ],
      [
        [1, 0],
        [1, 1],
      ],
      [
        [1, 1],
        [0, 0],
      ],
    ]
    expect(joinLines(ring)).toHaveLength(1)
  })
})

it('gzips what it holds', () => {
  const bytes = Buffer.from('a'.repeat(1000))
  const archive = writePmtiles([{ z: 0, x: 0, y: 0, bytes }], facts)
  const at = Number(archive.readBigUInt64LE(56))
  expect(gunzipSync(archive.subarray(at)).equals(bytes)).toBe(true)
})
