import '@tensorflow/tfjs-backend-cpu'
import { tensor } from '@tensorflow/tfjs-core'
import { BlazeFaceModel } from '@tensorflow-models/blazeface/dist/face.js'
import fc from 'fast-check'
import { expect, it } from 'vitest'
import { anchors, facesOf, together } from './blazeface.ts'
import type { Box } from './mask.ts'

const shape = [1, 896, 17]

/** A model's answer in which every row says "no face" but these. */
function answer(rows: Record<number, number[]>): Float32Array {
  const output = new Float32Array(896 * 17)
  for (let row = 0; row < 896; row++) output.set(rows[row] ?? [-30], row * 17)
  return output
}

it('knows the middle of each of 896 anchors', () => {
  expect(anchors.length).toBe(896)
  expect([anchors[0], anchors[1], anchors[2], anchors[511]]).toEqual([
    { x: 4, y: 4 },
    { x: 4, y: 4 },
    { x: 12, y: 4 },
    { x: 124, y: 124 },
  ])
  expect([anchors[512], anchors[517], anchors[518], anchors[895]]).toEqual([
    { x: 8, y: 8 },
    { x: 8, y: 8 },
    { x: 24, y: 8 },
    { x: 120, y: 120 },
  ])
})

it('reads a box from its anchor, and keeps one of those that lie on one another, the surest', () => {
  const faces = facesOf(
    answer({
      // Of the anchor at (12, 4).
      2: [1, 10, 20, 30, 40],
      3: [2, 11, 20, 30, 40],
      // Of the last one at (120, 120), far from those.
      895: [0, -50, -50, 16, 16],
      700: [-0.1, 0, 0, 16, 16],
      600: [9, 0, 0, -16, 16],
    }),
    shape,
  )
  expect(faces).toEqual([
    { x: 8, y: 4, width: 30, height: 40 },
    { x: 62, y: 62, width: 16, height: 16 },
  ])
  expect(facesOf(answer({}), shape)).toEqual([])
})

it('takes no broken answer for "no faces"', () => {
  expect(() => facesOf(answer({}), [1, 896, 16])).toThrow('another shape')
  expect(() => facesOf(new Float32Array(17), [1, 1, 17])).toThrow('another shape')
  for (const wrong of [Number.NaN, Number.POSITIVE_INFINITY])
    expect(() => facesOf(answer({ 5: [wrong] }), shape)).toThrow('no number')
})

it('finds what the published package finds in the same answers', async () => {
  const number = (most: number) => fc.integer({ min: -most, max: most })
  const row = fc.tuple(number(4), number(20), number(20), fc.integer({ min: 4, max: 60 }))
  const rows = fc.dictionary(fc.integer({ min: 0, max: 895 }).map(String), row, { maxKeys: 30 })
  await fc.assert(
    fc.asyncProperty(rows, async (some) => {
      const output = answer(
        Object.fromEntries(
          // Scores all different: of two that are equally sure either may stay.
          Object.entries(some).map(([at, [logit, dx, dy, side]], index) => [
            at,
            [logit + 0.5 + index / 1000, dx, dy, side, side],
          ]),
        ),
      )
      expect(rounded(facesOf(output, shape))).toEqual(rounded(await byPackage(output)))
    }),
    { numRuns: 30 },
  )
})

const rounded = (boxes: Box[]): string[] =>
  boxes
    .map(({ x, y, width, height }) =>
      [x, y, width, height].map((each) => each.toFixed(2)).join(' '),
    )
    .sort()

/** What `@tensorflow-models/blazeface` makes of an answer, with our two thresholds. */
async function byPackage(output: Float32Array): Promise<Box[]> {
  const model = { predict: () => tensor(output, [1, 896, 17]) }
  const package_ = new BlazeFaceModel(model as never, 128, 128, 50, 0.3, 0.5)
  const faces = await package_.estimateFaces(
    tensor(new Float32Array(128 * 128 * 3), [128, 128, 3]) as never,
  )
  return faces.map(({ topLeft, bottomRight }) => {
    const [[x, y], [right, bottom]] = [topLeft, bottomRight] as [[number, number], [number, number]]
    return { x, y, width: right - x, height: bottom - y }
  })
}

it('makes one box of a face that was seen twice, and none smaller', () => {
  const box = fc.record({
    x: fc.integer({ min: 0, max: 200 }),
    y: fc.integer({ min: 0, max: 200 }),
    width: fc.integer({ min: 1, max: 60 }),
    height: fc.integer({ min: 1, max: 60 }),
  })
  fc.assert(
    fc.property(fc.array(box, { maxLength: 20 }), (boxes) => {
      const merged = together(boxes)
      for (const { x, y, width, height } of boxes)
        expect(
          merged.some(
            (all) =>
              all.x <= x &&
              all.y <= y &&
              all.x + all.width >= x + width &&
              all.y + all.height >= y + height,
          ),
        ).toBe(true)
    }),
  )
  const twice = [
    { x: 0, y: 0, width: 10, height: 10 },
    { x: 4, y: 0, width: 10, height: 10 },
    { x: 50, y: 0, width: 10, height: 10 },
  ]
  expect(together(twice)).toEqual([
    { x: 0, y: 0, width: 14, height: 10 },
    { x: 50, y: 0, width: 10, height: 10 },
  ])
})
