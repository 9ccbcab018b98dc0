import type { Clock } from '../kernel/clock.ts'

/** A clock the day's script moves through the past; afterwards it is the machine's own. */
export interface DemoClock extends Clock {
  /** Stands still at that instant. */
  stand(at: Date): void
  /** Runs with the machine's clock from here on. */
  run(): void
}

/** A clock that runs with the machine's until it is told to stand. */
export function makeDemoClock(): DemoClock {
  let standing: Date | null = null
  return {
    now: () => new Date(standing ?? Date.now()),
    stand: (at) => {
      standing = at
    },
    run: () => {
      standing = null
    },
  }
}
