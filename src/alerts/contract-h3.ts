/**
 * H3 cells as numbers and what one can read off them (h3geo.org, "H3Index representations"). Of the 64
 * bits the lower 18 are the digits of resolutions finer than any we use, all ones: without them a cell
 * is 46 bits, which JavaScript counts exactly and finds in a map several times faster than a bigint.
 * Without a library, so that a phone matches alerts to its own places too.
 */
export type Cell = number

const finest = 9
/** Bits of the lower half that are left. */
const lowerBits = 2 ** 14
const resolutionUnit = 2 ** 34

/** From the two halves of the 64 bits. */
export const cellOfHalves = (upper: number, lower: number): Cell =>
  upper * lowerBits + (lower >>> 18)

export function cellOf(hex: string): Cell {
  const whole = hex.padStart(16, '0')
  return cellOfHalves(Number.parseInt(whole.slice(0, 8), 16), Number.parseInt(whole.slice(8), 16))
}

export function hexOf(cell: Cell): string {
  const upper = Math.floor(cell / lowerBits)
  const lower = (((cell % lowerBits) << 18) | 0x3ffff) >>> 0
  return upper.toString(16) + lower.toString(16).padStart(8, '0')
}

export const resolutionOf = (cell: Cell): number => Math.floor(cell / resolutionUnit) % 16

/** The cell of a coarser resolution (9 at most) that holds this one. */
export function parentOf(cell: Cell, resolution: number): Cell {
  const unused = 2 ** (3 * (finest - resolution))
  const own = resolutionOf(cell)
  return cell - (cell % unused) + unused - 1 - (own - resolution) * resolutionUnit
}

/** Whether one of two cells holds the other, or they are the same. */
export function touches(a: Cell, b: Cell): boolean {
  const coarser = Math.min(resolutionOf(a), resolutionOf(b))
  return parentOf(a, coarser) === parentOf(b, coarser)
}
