import { inputSide } from './blazeface.ts'

/** A square of a picture, in its pixels; it may stand over the picture's edge, where there is nothing. */
export interface Window {
  x: number
  y: number
  side: number
}

/** Squares of one size overlap by a third: what is smaller than that is whole in one of them. */
const step = 2 / 3

/**
 * Where to look for faces: the whole picture, then squares of half its long side, then of a quarter and so
 * on, each size as a whole or not at all, at most so many. A model of 128 pixels finds no face that is less than
 * about a tenth of what it is shown.
 */
export function windowsOf(width: number, height: number, most: number): Window[] {
  const windows: Window[] = []
  for (let side = Math.max(width, height); side >= inputSide || windows.length === 0; side /= 2) {
    const [across, down] = [startsOf(width, side), startsOf(height, side)]
    if (windows.length > 0 && windows.length + across.length * down.length > most) break
    for (const y of down) for (const x of across) windows.push({ x, y, side })
  }
  return windows
}

/** Where squares begin along one axis, so that they reach from end to end. */
function startsOf(length: number, side: number): number[] {
  if (length <= side) return [(length - side) / 2]
  const gaps = Math.ceil((length - side) / (side * step))
  return Array.from({ length: gaps + 1 }, (_, at) => (at * (length - side)) / gaps)
}
