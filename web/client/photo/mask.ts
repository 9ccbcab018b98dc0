/**
 * The side of a cell in pixels. JPEG and the video codecs compress blocks of 16 pixels on their own: a
 * cover that is made of whole blocks takes nothing from what is under it and nothing from beside it.
 */
export const cellPixels = 16

/** Which cells of a picture are covered, and in which strokes they came to be. */
export interface Mask {
  columns: number
  rows: number
  cells: Uint8Array
  /** The cells that each stroke added: what one undo takes away. */
  strokes: number[][]
}

/** A mask for a picture of this size, with nothing covered. */
export function newMask(width: number, height: number): Mask {
  const columns = Math.ceil(width / cellPixels)
  const rows = Math.ceil(height / cellPixels)
  return { columns, rows, cells: new Uint8Array(columns * rows), strokes: [] }
}

/** A box in pixels of the picture. */
export interface Box {
  x: number
  y: number
  width: number
  height: number
}

/** Begins a stroke: what is covered from now on is taken back together. */
export const beginStroke = (mask: Mask): void => {
  mask.strokes.push([])
}

/** Takes the last stroke away; false when there is none. */
export function undoStroke(mask: Mask): boolean {
  const stroke = mask.strokes.pop()
  for (const cell of stroke ?? []) mask.cells[cell] = 0
  return stroke !== undefined
}

/** Covers every cell that a disc touches, as a part of the last stroke. Answers the cells that are new. */
export function coverDisc(mask: Mask, x: number, y: number, radius: number): number[] {
  const box = { x: x - radius, y: y - radius, width: 2 * radius, height: 2 * radius }
  return coverCells(mask, box, (column, row) => {
    const away = Math.hypot(distance(x, column), distance(y, row))
    return away < radius
  })
}

/** Covers every cell that a box touches, as a part of the last stroke. Answers the cells that are new. */
export const coverBox = (mask: Mask, box: Box): number[] => coverCells(mask, box, () => true)

/** From a point to the nearest point of a cell, along one axis. */
function distance(at: number, cell: number): number {
  const from = cell * cellPixels
  return Math.max(from - at, 0, at - (from + cellPixels))
}

function coverCells(
  mask: Mask,
  { x, y, width, height }: Box,
  touches: (column: number, row: number) => boolean,
): number[] {
  const added: number[] = []
  const [left, right] = [cellOf(x, mask.columns), cellOf(x + width, mask.columns)]
  const [top, bottom] = [cellOf(y, mask.rows), cellOf(y + height, mask.rows)]
  for (let row = top; row <= bottom; row++)
    for (let column = left; column <= right; column++) {
      const cell = row * mask.columns + column
      if (mask.cells[cell] === 1 || !touches(column, row)) continue
      mask.cells[cell] = 1
      added.push(cell)
    }
  mask.strokes.at(-1)?.push(...added)
  return added
}

const cellOf = (at: number, count: number): number =>
  Math.min(count - 1, Math.max(0, Math.floor(at / cellPixels)))

/** Where a cell stands in the picture. */
export const boxOf = ({ columns }: Mask, cell: number): Box => ({
  x: (cell % columns) * cellPixels,
  y: Math.floor(cell / columns) * cellPixels,
  width: cellPixels,
  height: cellPixels,
})
