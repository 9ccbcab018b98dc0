import { metresPerDegree, type Point } from '../kernel/geo.ts'

/** How near in space and time two things are neighbours, and how many make a group. */
export interface Reach {
  metres: number
  minutes: number
  /** Neighbours, itself included, from which on one is at the heart of a group. */
  points: number
}

/** Somewhere, at some time. */
export interface Seen {
  lat: number
  lon: number
  at: Date
}

/**
 * Groups of what is near each other in space and time, kept while things are added one by one: at
 * any moment the groups of DBSCAN (Ester et al. 1996) over all of them, at the cost of looking at
 * the neighbours of the new one only. One that is at no heart belongs to the nearest heart within
 * reach. For one city: distances are on a plane.
 */
export class SpaceTimeGroups {
  readonly #reach: Reach
  /** Squares of the city, each with its slots of time, each with what was seen there and then. */
  readonly #squares = new Map<number, Map<number, number[]>>()
  readonly #x: number[] = []
  readonly #y: number[] = []
  readonly #minute: number[] = []
  readonly #neighbours: number[] = []
  readonly #parent: number[] = []
  #first: { lat: number; lon: number; minute: number; scale: Point } | null = null

  constructor(reach: Reach) {
    this.#reach = reach
  }

  /** Adds one; answers its index, which is how many were added before. */
  add(seen: Seen): number {
    const minute = seen.at.getTime() / 60_000
    this.#first ??= { ...seen, minute, scale: metresPerDegree(seen.lat) }
    const { lat, lon, scale } = this.#first
    const added = this.#parent.length
    this.#x.push((seen.lon - lon) * scale.lon)
    this.#y.push((seen.lat - lat) * scale.lat)
    this.#minute.push(minute - this.#first.minute)
    this.#parent.push(added)
    const near = this.near(added)
    this.#neighbours.push(near.length + 1)
    this.#put(added)
    if (this.#isHeart(added)) this.#join(added, near)
    for (const other of near) {
      const count = (this.#neighbours[other] as number) + 1
      this.#neighbours[other] = count
      if (count === this.#reach.points) this.#join(other, this.near(other))
      else if (this.#isHeart(other)) this.#join(other, [added])
    }
    return added
  }

  /** Those within reach of this one, itself not. */
  near(of: number): number[] {
    const found: number[] = []
    const [column, row, slot] = this.#bucketOf(of)
    for (const [dx, dy] of around) {
      const square = this.#squares.get(key(column + dx, row + dy))
      if (!square) continue
      for (const dt of steps)
        for (const other of square.get(slot + dt) ?? [])
          if (other !== of && this.#within(of, other)) found.push(other)
    }
    return found
  }

  /** The group of this one: two are of one group where the numbers are equal. Null where it is alone. */
  groupOf(index: number): number | null {
    if (this.#isHeart(index)) return this.#find(index)
    const hearts = this.near(index).filter((other) => this.#isHeart(other))
    const nearest = hearts.sort((a, b) => this.#away(index, a) - this.#away(index, b) || a - b)[0]
    return nearest === undefined ? null : this.#find(nearest)
  }

  #isHeart(index: number): boolean {
    return (this.#neighbours[index] ?? 0) >= this.#reach.points
  }

  /** Makes one group of a heart and the hearts near it. */
  #join(heart: number, near: readonly number[]): void {
    for (const other of near)
      if (this.#isHeart(other)) {
        const [a, b] = [this.#find(heart), this.#find(other)]
        // The older gives the name, so that a group keeps it as it grows.
        if (a !== b) this.#parent[Math.max(a, b)] = Math.min(a, b)
      }
  }

  #find(index: number): number {
    let at = index
    for (;;) {
      const up = this.#parent[at] as number
      if (up === at) return at
      this.#parent[at] = this.#parent[up] as number
      at = up
    }
  }

  /** The square of the metres between two: its root is not needed to compare. */
  #away(a: number, b: number): number {
    const east = (this.#x[a] as number) - (this.#x[b] as number)
    const north = (this.#y[a] as number) - (this.#y[b] as number)
    return east * east + north * north
  }

  #within(a: number, b: number): boolean {
    const minutes = Math.abs((this.#minute[a] as number) - (this.#minute[b] as number))
    const { metres } = this.#reach
    return minutes <= this.#reach.minutes && this.#away(a, b) <= metres * metres
  }

  #bucketOf(index: number): [column: number, row: number, slot: number] {
    const { metres, minutes } = this.#reach
    return [
      Math.floor((this.#x[index] as number) / metres),
      Math.floor((this.#y[index] as number) / metres),
      Math.floor((this.#minute[index] as number) / minutes),
    ]
  }

  #put(index: number): void {
    const [column, row, slot] = this.#bucketOf(index)
    const at = key(column, row)
    const square = this.#squares.get(at) ?? new Map<number, number[]>()
    this.#squares.set(at, square)
    const bucket = square.get(slot)
    if (bucket) bucket.push(index)
    else square.set(slot, [index])
  }
}

const steps = [-1, 0, 1]
/** A square and the eight about it: with the slots before and after they hold all within reach. */
const around = steps.flatMap((dx) => steps.map((dy) => [dx, dy] as const))

/** Squares to either side of the first that have a number of their own: far more than a city has. */
const side = 2 ** 14

/** One small number for a square, no two of one city the same. */
const key = (column: number, row: number): number => (column + side) * 2 * side + row + side
