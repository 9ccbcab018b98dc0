import fc from 'fast-check'
import { expect, it } from 'vitest'
import { measures } from './measures.ts'
import { windowsOf } from './windows.ts'

const side = fc.integer({ min: 1, max: measures.photoSide })

it('looks at all of every picture, and never at more squares than allowed', () => {
  fc.assert(
    fc.property(side, side, fc.integer({ min: 1, max: 60 }), (width, height, most) => {
      const windows = windowsOf(width, height, most)
      expect(windows.length).toBeLessThanOrEqual(most)
      expect(windows[0]?.side).toBe(Math.max(width, height))
      // Every size reaches every corner, and leaves no gap: a point is in some square of each size.
      for (const size of new Set(windows.map(({ side }) => side)))
        for (const [x, y] of [
          [0, 0],
          [width - 1, height - 1],
          [width * 0.37, height * 0.61],
        ] as const)
          expect(
            windows.some(
              (each) =>
                each.side === size &&
                each.x <= x &&
                each.y <= y &&
                each.x + size > x &&
                each.y + size > y,
            ),
          ).toBe(true)
    }),
  )
})

it('shows the model a face of a twentieth of a photo large enough to be found, wherever it is', () => {
  const [width, height] = [2048, 1536]
  const face = Math.ceil(width / 20)
  const windows = windowsOf(width, height, measures.faceWindows)
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: width - face }),
      fc.integer({ min: 0, max: height - face }),
      (x, y) => {
        const best = windows
          .filter(
            (each) =>
              each.x <= x &&
              each.y <= y &&
              each.x + each.side >= x + face &&
              each.y + each.side >= y + face,
          )
          .reduce((least, each) => Math.min(least, each.side), Number.POSITIVE_INFINITY)
        expect(face / best).toBeGreaterThan(0.15)
      },
    ),
  )
})
