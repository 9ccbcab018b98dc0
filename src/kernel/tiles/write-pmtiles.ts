// PMTiles version 3 (github.com/protomaps/PMTiles, spec/v3): no library writes it for Node, so this is ours.
import { gzipSync } from 'node:zlib'
import { zxyToTileId } from 'pmtiles'
import type { BBox } from '../geo.ts'

/** One vector tile, not compressed. */
export interface Tile {
  z: number
  x: number
  y: number
  bytes: Uint8Array
}

/** What an archive says of itself. */
export interface ArchiveFacts {
  bbox: BBox
  minZoom: number
  maxZoom: number
  metadata: Record<string, unknown>
}

interface Entry {
  id: number
  offset: number
  length: number
  /** 0 says that the entry is a directory of further entries. */
  run: number
}

const headerBytes = 127
/** The header and the first directory must be readable in one request of 16 KiB. */
const rootBytes = 16_384 - headerBytes
const leafEntries = 2048
const gzipped = 2
const vectorTiles = 1

/** Writes tiles as one clustered archive, gzipped inside. The same tiles make the same bytes. */
export function writePmtiles(tiles: readonly Tile[], facts: ArchiveFacts): Buffer {
  const packed = tiles
    .map(({ z, x, y, bytes }) => ({
      id: zxyToTileId(z, x, y),
      data: gzipSync(bytes, { level: 9 }),
    }))
    .sort((a, b) => a.id - b.id)
  let offset = 0
  const entries = packed.map(({ id, data }): Entry => {
    const entry = { id, offset, length: data.length, run: 1 }
    offset += data.length
    return entry
  })
  const { root, leaves } = directories(entries)
  const metadata = gzipSync(JSON.stringify(facts.metadata))
  const header = headerOf(facts, entries.length, [root, metadata, leaves], offset)
  return Buffer.concat([header, root, metadata, leaves, ...packed.map(({ data }) => data)])
}

/** One directory, or a directory of directories where one would be too long. */
function directories(entries: readonly Entry[]): { root: Buffer; leaves: Buffer } {
  const whole = directory(entries)
  if (whole.length <= rootBytes) return { root: whole, leaves: Buffer.alloc(0) }
  const parts: Buffer[] = []
  const roots: Entry[] = []
  let offset = 0
  for (let at = 0; at < entries.length; at += leafEntries) {
    const part = entries.slice(at, at + leafEntries)
    const leaf = directory(part)
    roots.push({ id: part[0]?.id ?? 0, offset, length: leaf.length, run: 0 })
    parts.push(leaf)
    offset += leaf.length
  }
  return { root: directory(roots), leaves: Buffer.concat(parts) }
}

function directory(entries: readonly Entry[]): Buffer {
  const numbers = [entries.length]
  let last = 0
  for (const { id } of entries) {
    numbers.push(id - last)
    last = id
  }
  for (const { run } of entries) numbers.push(run)
  for (const { length } of entries) numbers.push(length)
  for (const [at, { offset }] of entries.entries()) {
    const before = entries[at - 1]
    // 0 says "right after the one before".
    numbers.push(before && offset === before.offset + before.length ? 0 : offset + 1)
  }
  return gzipSync(Buffer.from(numbers.flatMap(varint)), { level: 9 })
}

function varint(value: number): number[] {
  const bytes: number[] = []
  let rest = value
  while (rest > 0x7f) {
    bytes.push((rest % 0x80) | 0x80)
    rest = Math.floor(rest / 0x80)
  }
  return [...bytes, rest]
}

function headerOf(
  { bbox, minZoom, maxZoom }: ArchiveFacts,
  count: number,
  parts: readonly Buffer[],
  tileBytes: number,
): Buffer {
  const header = Buffer.alloc(headerBytes)
  header.write('PMTiles', 0, 'latin1')
  header.writeUInt8(3, 7)
  let at = headerBytes
  const longs: number[] = []
  for (const { length } of parts) {
    longs.push(at, length)
    at += length
  }
  longs.push(at, tileBytes, count, count, count)
  for (const [i, long] of longs.entries()) header.writeBigUInt64LE(BigInt(long), 8 + i * 8)
  const clustered = 1
  for (const [i, byte] of [clustered, gzipped, gzipped, vectorTiles, minZoom, maxZoom].entries())
    header.writeUInt8(byte, 96 + i)
  for (const [i, degrees] of bbox.entries())
    header.writeInt32LE(Math.round(degrees * 1e7), 102 + i * 4)
  header.writeUInt8(minZoom, 118)
  header.writeInt32LE(Math.round(((bbox[0] + bbox[2]) / 2) * 1e7), 119)
  header.writeInt32LE(Math.round(((bbox[1] + bbox[3]) / 2) * 1e7), 123)
  return header
}
