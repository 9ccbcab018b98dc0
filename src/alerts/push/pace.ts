import { limits } from '../../kernel/limits.ts'
import { waitMilliseconds } from './rules.ts'

const firstWindow = 32
/** Replies of one breath count as one: they were under way together. */
const breathMilliseconds = 100

/** How much one push service is asked at once, and when it is left alone; in steady milliseconds. */
export class Pace {
  readonly #random: () => number
  #window = firstWindow
  #slowedAt = Number.NEGATIVE_INFINITY
  #failuresInARow = 0
  #pauses = 0
  /** Nothing is asked of it before then. */
  pausedUntil = Number.NEGATIVE_INFINITY

  constructor(random: () => number) {
    this.#random = random
  }

  /** Requests that may be under way. */
  get window(): number {
    return this.#window
  }

  /** An answer of substance: one more at once, and what failed before is forgotten. */
  succeeded(): void {
    this.#failuresInARow = 0
    this.#pauses = 0
    if (this.#window < limits.pushRequestsPerOrigin) this.#window++
  }

  /** It was asked too much: half as many at once. */
  slower(now: number): void {
    if (now - this.#slowedAt < breathMilliseconds) return
    this.#slowedAt = now
    this.#window = Math.max(1, this.#window >> 1)
  }

  /** A failure. Several with no success between them, or no connection, and it is left alone, longer each time. */
  failed(now: number, { connection }: { connection: boolean }): void {
    this.#failuresInARow++
    const broken = !connection || this.#failuresInARow >= limits.pushFailuresInARow
    if (broken && now >= this.pausedUntil)
      this.pause(now, now + waitMilliseconds(this.#pauses++, this.#random))
  }

  /** Leaves it alone until then, an hour at most, and begins anew with one request. */
  pause(now: number, until: number): void {
    const most = now + limits.pushPauseSeconds * 1000
    this.pausedUntil = Math.max(this.pausedUntil, Math.min(until, most))
    this.#window = 1
  }
}
