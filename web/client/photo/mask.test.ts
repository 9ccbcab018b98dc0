import fc from 'fast-check'
import { expect, it } from 'vitest'
import { beginStroke, boxOf, cellPixels, coverBox, coverDisc, newMask, undoStroke } from './mask.ts'

const covered = ({ cells }: { cells: Uint8Array }): number =>
  cells.reduce((sum, cell) => sum + cell, 0)

it('covers every pixel that a disc touches, and no cell that it does not', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 639 }),
      fc.integer({ min: 0, max: 479 }),
      fc.integer({ min: 1, max: 200 }),
      (x, y, radius) => {
        const mask = newMask(640, 480)
        beginStroke(mask)
        coverDisc(mask, x, y, radius)
        for (const [cell, on] of mask.cells.entries()) {
          const box = boxOf(mask, cell)
          const dx = Math.max(box.x - x, 0, x - (box.x + cellPixels))
          const dy = Math.max(box.y - y, 0, y - (box.y + cellPixels))
          expect(on === 1).toBe(Math.hypot(dx, dy) < radius)
        }
      },
    ),
    { numRuns: 40 },
  )
})

it('one undo takes exactly one stroke away, whatever strokes lie on one another', () => {
  const mask = newMask(200, 100)
  beginStroke(mask)
  coverDisc(mask, 50, 50, 20)
  const first = covered(mask)
  beginStroke(mask)
  coverDisc(mask, 60, 50, 20)
  coverDisc(mask, 90, 50, 20)
  expect(covered(mask)).toBeGreaterThan(first)
  expect(undoStroke(mask)).toBe(true)
  expect(covered(mask)).toBe(first)
  expect(undoStroke(mask)).toBe(true)
  expect(covered(mask)).toBe(0)
  expect(undoStroke(mask)).toBe(false)
})

it('a box that leaves the picture covers what is inside', () => {
  const mask = newMask(40, 40)
  beginStroke(mask)
  coverBox(mask, { x: -30, y: 20, width: 200, height: 200 })
  // The lower two of three rows, all three columns.
  expect([...mask.cells]).toEqual([0, 0, 0, 1, 1, 1, 1, 1, 1])
})
