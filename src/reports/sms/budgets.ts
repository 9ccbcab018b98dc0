import type { Clock } from '../../kernel/clock.ts'
import { limits } from '../../kernel/limits.ts'

/**
 * How much one number and all numbers together have told us of late. Nobody is refused: past the budget
 * a report is ranked last, as in any flood (security.md S7, S25). In the memory of the process only, by
 * the keyed hash of a number.
 */
export interface Budgets {
  /** Counts a report of this number; true when it, or everybody, has told more than anybody honest would. */
  spent(numberHash: string): boolean
}

const hour = 3_600_000
const minute = 60_000

/** The budgets of one process; `perMinute` is what everybody may send together. */
export function makeBudgets(clock: Clock, perMinute: number): Budgets {
  const all: number[] = []
  const byNumber = new Map<string, number[]>()
  const recent = (times: number[], since: number): number[] => times.filter((at) => at >= since)
  return {
    spent(numberHash) {
      const now = clock.now().getTime()
      all.push(now)
      while (all.length > limits.arrivalsRemembered || (all[0] ?? now) < now - minute) all.shift()
      const own = [...recent(byNumber.get(numberHash) ?? [], now - hour), now]
      byNumber.delete(numberHash)
      byNumber.set(numberHash, own.slice(-limits.smsReportsPerHour - 1))
      const [oldest] = byNumber.keys()
      if (byNumber.size > limits.arrivalsRemembered && oldest) byNumber.delete(oldest)
      return own.length > limits.smsReportsPerHour || all.length > perMinute
    },
  }
}
