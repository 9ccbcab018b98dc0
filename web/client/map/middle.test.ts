import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { middleOf, positionsOf, type Shape } from './middle.ts'

const square = (lon: number, lat: number, size: number): number[][] => [
  [lon, lat],
  [lon + size, lat],
  [lon + size, lat + size],
  [lon, lat + size],
  [lon, lat],
]

describe('where the name of an area stands', () => {
  it('is a corner itself', () => {
    expect(middleOf({ type: 'Point', coordinates: [-73.9, 40.7] })).toEqual([-73.9, 40.7])
  })
  it('is the middle of its largest part, wherever that is and whichever way it runs', () => {
    const at = fc.record({
      lon: fc.double({ min: -170, max: 170, noNaN: true }),
      lat: fc.double({ min: -80, max: 80, noNaN: true }),
      back: fc.boolean(),
    })
    fc.assert(
      fc.property(at, ({ lon, lat, back }) => {
        const big = square(lon, lat, 0.02)
        const shape: Shape = {
          type: 'MultiPolygon',
          coordinates: [[square(lon + 1, lat + 1, 0.01)], [back ? [...big].reverse() : big]],
        }
        const [x, y] = middleOf(shape)
        expect(x).toBeCloseTo(lon + 0.01, 6)
        expect(y).toBeCloseTo(lat + 0.01, 6)
      }),
    )
  })
  it('leaves holes out of its outline', () => {
    const shape: Shape = { type: 'Polygon', coordinates: [square(0, 0, 1), square(0.2, 0.2, 0.1)] }
    expect(positionsOf(shape)).toHaveLength(5)
  })
})
