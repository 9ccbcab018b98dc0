import { join } from 'node:path'
import fc from 'fast-check'
import { cellToParent, getResolution, gridDisk, latLngToCell } from 'h3-js'
import { beforeAll, expect, it } from 'vitest'
import { root } from '../../commands/session.ts'
import { type City, loadCity } from '../../kernel/city/index.ts'
import { limits } from '../../kernel/limits.ts'
import { hexOf } from '../contract-h3.ts'
import { cellsAround, growCells, mayName, rankCells, type Width } from './grow-cells.ts'
import { type Residents, residentsOf } from './residents.ts'
import { packCells, unpackCells } from './stored-cells.ts'

let city: City
let residents: Residents
beforeAll(async () => {
  city = await loadCity(join(root, 'cities', 'nyc'))
  residents = residentsOf(city)
}, 120_000)

it('counts every resident of the city once at every resolution', () => {
  expect(residents.total).toBeGreaterThan(8_000_000)
  const coarse = new Set<string>()
  let sum = 0
  for (const area of city.areas.filter(({ kind }) => kind === 'zip')) {
    for (const cell of gridDisk(latLngToCell(area.centre.lat, area.centre.lon, 6), 3))
      coarse.add(cell)
  }
  for (const cell of coarse) sum += residents.of(cell)
  expect(Math.round(sum / 1000)).toBe(Math.round(residents.total / 1000))
})

// Every block of New York (security.md S4): no set that can be stored has a cell of fewer than a thousand.
it('no cell that is stored holds fewer than a thousand residents, wherever one asks', () => {
  const [west, south, east, north] = city.bbox
  const point = fc.record({
    lat: fc.double({ min: south, max: north, noNaN: true }),
    lon: fc.double({ min: west, max: east, noNaN: true }),
  })
  const width = fc.constantFrom<Width>('near', 'walk', 'wide')
  fc.assert(
    fc.property(point, width, (place, wide) => {
      const grown = growCells(cellsAround(place, wide), residents)
      for (const { cell } of grown ?? []) {
        expect(residents.of(cell)).toBeGreaterThanOrEqual(limits.cellResidents)
        expect(mayName(cell)).toBe(true)
      }
      for (const { cell } of grown ?? [])
        for (const { cell: other } of grown ?? [])
          if (getResolution(other) < getResolution(cell))
            expect(cellToParent(cell, getResolution(other))).not.toBe(other)
    }),
    { numRuns: 3000 },
  )
}, 120_000)

it('the middle of a place is nearer than its edge, and finer is nearer than coarser', () => {
  const [middle = '', ...edge] = cellsAround({ lat: 40.7557, lon: -73.8831 }, 'near')
  const ranks = new Map(rankCells([...edge, middle]).map(({ cell, rank }) => [cell, rank]))
  expect(ranks.get(middle)).toBe(0)
  expect(new Set(edge.map((cell) => ranks.get(cell)))).toEqual(new Set([1]))
  expect(rankCells([cellToParent(middle, 8)])[0]?.rank).toBe(3)
})

it('what is stored is what was grown', () => {
  const grown = growCells(cellsAround({ lat: 40.7557, lon: -73.8831 }, 'walk'), residents) ?? []
  const back = unpackCells(packCells(grown)).map(({ cell, rank }) => ({ cell: hexOf(cell), rank }))
  expect(back).toEqual(grown)
  expect(grown.length).toBeGreaterThan(0)
})

it('in the bay, where nobody lives, there is nothing to store', () => {
  expect(growCells(cellsAround({ lat: 40.2, lon: -72.5 }, 'near'), residents)).toBeNull()
})
