// What the numbers of a BlazeFace model mean: anchors, boxes and non-maximum suppression, as in
// Bazarevsky et al., "BlazeFace", arXiv 1907.05047, and the package @tensorflow-models/blazeface 0.1.0
// (Apache-2.0), against which blazeface.test.ts holds it. That package itself is not shipped: it takes a
// model's answer of any shape, NaN too, for "no faces", and would say that it had looked.
import type { Box } from './mask.ts'

/** The model sees squares of so many pixels, three numbers each, from -1 to 1. */
export const inputSide = 128
/** It answers 896 rows: a score, the middle and the size of a box, and six points of a face. */
const [rows, columns] = [896, 17]
/** How many anchors stand in each square of how many pixels. */
const grids = [
  { stride: 8, each: 2 },
  { stride: 16, each: 6 },
]
/** The published threshold is 0.75. Half a chance is enough here: a cover too many is taken away by a tap. */
const leastLogit = 0
/** Boxes of one face overlap by more than this share of both together. */
const sameFace = 0.3
const mostFaces = 50

/** The middles that boxes are measured from, in pixels of the input. */
export const anchors: readonly { x: number; y: number }[] = grids.flatMap(({ stride, each }) => {
  const side = Math.ceil(inputSide / stride)
  return Array.from({ length: side * side * each }, (_, at) => {
    const cell = Math.floor(at / each)
    return { x: stride * ((cell % side) + 0.5), y: stride * (Math.floor(cell / side) + 0.5) }
  })
})

/**
 * The faces that a model's answer tells of, in pixels of its input, the surest first. Throws where the
 * answer is none of such a model: then nobody has looked, which must not be taken for "no faces".
 */
export function facesOf(output: Float32Array, shape: readonly number[]): Box[] {
  if (shape.join() !== `1,${rows},${columns}`) throw new TypeError('the answer has another shape')
  if (!output.every(Number.isFinite)) throw new TypeError('the answer holds what is no number')
  const found: { logit: number; box: Box }[] = []
  for (const [row, anchor] of anchors.entries()) {
    const [logit = 0, dx = 0, dy = 0, width = 0, height = 0] = output.subarray(row * columns)
    if (logit < leastLogit || width <= 0 || height <= 0) continue
    const [x, y] = [anchor.x + dx - width / 2, anchor.y + dy - height / 2]
    found.push({ logit, box: { x, y, width, height } })
  }
  found.sort((one, other) => other.logit - one.logit)
  return suppressed(found.map(({ box }) => box))
}

function suppressed(boxes: readonly Box[]): Box[] {
  const kept: Box[] = []
  for (const box of boxes) {
    if (kept.length === mostFaces) break
    if (kept.every((other) => shared(box, other) <= sameFace * joined(box, other))) kept.push(box)
  }
  return kept
}

/** One box for those that lie mostly on one another: a face that was seen twice is one, covered whole. */
export function together(boxes: readonly Box[]): Box[] {
  const apart: Box[] = []
  for (let box of boxes) {
    for (let at = other(apart, box); at >= 0; at = other(apart, box))
      for (const same of apart.splice(at, 1)) box = around(box, same)
    apart.push(box)
  }
  return apart
}

const other = (boxes: readonly Box[], box: Box): number =>
  boxes.findIndex((each) => shared(each, box) > Math.min(area(each), area(box)) / 2)

const area = ({ width, height }: Box): number => width * height
const joined = (one: Box, other: Box): number => area(one) + area(other) - shared(one, other)

function shared(one: Box, other: Box): number {
  const across = Math.min(one.x + one.width, other.x + other.width) - Math.max(one.x, other.x)
  const down = Math.min(one.y + one.height, other.y + other.height) - Math.max(one.y, other.y)
  return Math.max(0, across) * Math.max(0, down)
}

function around(one: Box, other: Box): Box {
  const [x, y] = [Math.min(one.x, other.x), Math.min(one.y, other.y)]
  return {
    x,
    y,
    width: Math.max(one.x + one.width, other.x + other.width) - x,
    height: Math.max(one.y + one.height, other.y + other.height) - y,
  }
}
