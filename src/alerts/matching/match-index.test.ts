import fc from 'fast-check'
import { cellToChildren, cellToParent, gridDisk, latLngToCell } from 'h3-js'
import { expect, it } from 'vitest'
import { cellOf, hexOf, parentOf, resolutionOf, touches } from '../contract-h3.ts'
import { type Entry, MatchIndex } from './match-index.ts'

const around = fc.record({
  lat: fc.double({ min: 40.5, max: 40.9, noNaN: true }),
  lon: fc.double({ min: -74.2, max: -73.7, noNaN: true }),
  resolution: fc.integer({ min: 5, max: 9 }),
})
const cell = around.map(({ lat, lon, resolution }) => latLngToCell(lat, lon, resolution))
const disk = around.map(({ lat, lon, resolution }) =>
  gridDisk(latLngToCell(lat, lon, resolution), 1).map((hex, rank) => ({
    cell: cellOf(hex),
    rank: Math.min(1, rank) + (9 - resolution) * 2,
  })),
)
const entries = fc
  .array(fc.tuple(disk, fc.boolean(), fc.integer({ min: 1, max: 7 })), { maxLength: 60 })
  .map((rows) =>
    rows.map(([cells, removed, wants], id) => ({
      removed,
      entry: { id, cells, channel: id % 5, wants, quietFrom: 255, quietTo: 255 } satisfies Entry,
    })),
  )

const nearestFirst = (a: { id: number; rank: number }, b: { id: number; rank: number }): number =>
  a.rank - b.rank || a.id - b.id

/** Looks at each in turn: slow, and plainly right. */
const oracle = (rows: readonly Entry[], cells: readonly string[]) =>
  rows
    .flatMap(({ id, cells: own }) => {
      const ranks = own
        .filter((mine) => cells.some((theirs) => touches(mine.cell, cellOf(theirs))))
        .map(({ rank }) => rank)
      return ranks.length > 0 ? [{ id, rank: Math.min(...ranks) }] : []
    })
    .sort(nearestFirst)

it('finds whoever looking at each in turn finds, nearest first', () => {
  fc.assert(
    fc.property(entries, fc.array(cell, { minLength: 1, maxLength: 4 }), (rows, cells) => {
      const index = new MatchIndex()
      for (const { entry } of rows) index.put(entry)
      for (const { entry } of rows) index.put(entry)
      for (const { entry, removed } of rows) if (removed) index.remove(entry.id)
      const left = rows.flatMap(({ entry, removed }) => (removed ? [] : [entry]))
      expect(index.size).toBe(left.length)
      const { ids, ranks } = index.match(cells)
      expect([...ranks]).toEqual([...ranks].sort((a, b) => a - b))
      const found = [...ids].map((id, at) => ({ id, rank: ranks[at] ?? 0 }))
      expect(found.sort(nearestFirst)).toEqual(oracle(left, cells))
    }),
    { numRuns: 300 },
  )
})

it('keeps its answers while thousands come and go', () => {
  const index = new MatchIndex()
  const centre = latLngToCell(40.75, -73.88, 9)
  const cells = gridDisk(centre, 1).map((hex) => ({ cell: cellOf(hex), rank: 0 }))
  for (let id = 0; id < 6000; id++)
    index.put({ id, cells, channel: 0, wants: 1, quietFrom: 255, quietTo: 255 })
  for (let id = 0; id < 6000; id++) if (id % 3 > 0) index.remove(id)
  const found = index.match([centre]).ids
  expect([...found]).toEqual(Array.from({ length: 2000 }, (_, i) => i * 3))
})

it('reads resolutions and parents off a cell as the library does', () => {
  fc.assert(
    fc.property(cell, fc.integer({ min: 0, max: 4 }), (hex, up) => {
      const resolution = resolutionOf(cellOf(hex))
      const coarser = Math.max(0, resolution - up)
      expect(hexOf(parentOf(cellOf(hex), coarser))).toBe(cellToParent(hex, coarser))
      for (const child of resolution < 9 ? cellToChildren(hex, resolution + 1) : [])
        expect(touches(cellOf(child), cellOf(hex))).toBe(true)
    }),
  )
})
