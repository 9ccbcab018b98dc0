/** Draws that are the same for the same seed, on every machine. */
export interface Chance {
  /** From 0 up to but not including `n`. */
  below(n: number): number
  pick<T>(list: readonly T[]): T
  /** True once in `n`. */
  oneIn(n: number): boolean
}

/** Mulberry32: small, even enough for drawing samples. */
export function chance(seed: number): Chance {
  let state = seed >>> 0
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0
    let t = Math.imul(state ^ (state >>> 15), state | 1)
    t ^= t + Math.imul(t ^ (t >>> 7), t | 61)
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32
  }
  const below = (n: number): number => Math.floor(next() * n)
  return {
    below,
    pick: <T>(list: readonly T[]) => list[below(list.length)] as T,
    oneIn: (n) => below(n) === 0,
  }
}
