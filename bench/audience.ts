import { gridDisk, latLngToCell } from 'h3-js'
import { cellOf } from '../src/alerts/contract-h3.ts'
import { rankCells } from '../src/alerts/matching/grow-cells.ts'
import type { Entry } from '../src/alerts/matching/match-index.ts'
import type { Point } from '../src/kernel/geo.ts'

export const people = 1_000_000
/** A box about as large as New York, where everybody asked to hear of some blocks around a point. */
const [west, south, east, north] = [-74.05, 40.57, -73.75, 40.88]

/** The same city every time (mulberry32). */
export function numbers(seed: number): () => number {
  let state = seed
  return () => {
    state = (state + 0x6d2b79f5) | 0
    let t = Math.imul(state ^ (state >>> 15), 1 | state)
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296
  }
}

export const pointsOf = (count: number, seed: number): Point[] => {
  const random = numbers(seed)
  return Array.from({ length: count }, () => ({
    lat: south + random() * (north - south),
    lon: west + random() * (east - west),
  }))
}

const disks = new Map<string, Entry['cells']>()
/** The cells somebody at this point asks for: theirs and its six neighbours. */
export function cellsAt({ lat, lon }: Point): Entry['cells'] {
  const middle = latLngToCell(lat, lon, 9)
  const known = disks.get(middle)
  if (known) return known
  const cells = rankCells(gridDisk(middle, 1)).map(({ cell, rank }) => ({
    cell: cellOf(cell),
    rank,
  }))
  disks.set(middle, cells)
  return cells
}

export const entryOf = (id: number, point: Point): Entry => ({
  id,
  cells: cellsAt(point),
  channel: id % 3,
  wants: 1,
  quietFrom: 255,
  quietTo: 255,
})
