/**
 * H3 cells as numbers of 64 bits and what one can read off them (h3geo.org, "H3Index
 * representations"): four bits of resolution at 52, three bits a digit below it. Without a library, so that
 * a phone matches alerts to its own places too.
 */
export type Cell = bigint

export const cellOf = (hex: string): Cell => BigInt(`0x${hex}`)
export const hexOf = (cell: Cell): string => cell.toString(16)

export const resolutionOf = (cell: Cell): number => Number((cell >> 52n) & 15n)

/** The cell of a coarser resolution that holds this one. */
export function parentOf(cell: Cell, resolution: number): Cell {
  const unused = (1n << BigInt(3 * (15 - resolution))) - 1n
  return (cell & ~(15n << 52n)) | (BigInt(resolution) << 52n) | unused
}

/** Whether one of two cells holds the other, or they are the same. */
export function touches(a: Cell, b: Cell): boolean {
  const coarser = Math.min(resolutionOf(a), resolutionOf(b))
  return parentOf(a, coarser) === parentOf(b, coarser)
}
