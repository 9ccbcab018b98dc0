import { limits } from '../../kernel/limits.ts'

/** `grey`: shown as old. `hidden`: a notice and a phone number stand in its place. */
export type Age = 'current' | 'grey' | 'hidden'

const dayMilliseconds = 86_400_000

/**
 * How a statement is shown on a day: as it is until its review date, as old for
 * `limits.guideGreyDays` after it, then not at all. Guidance that nobody has looked at is worse than a
 * number to call (mission.md, "never stale in silence").
 */
export function ageOf(reviewBy: string, now: Date): Age {
  const late = (now.getTime() - Date.parse(`${reviewBy}T00:00:00Z`)) / dayMilliseconds
  if (late < 1) return 'current'
  return late < 1 + limits.guideGreyDays ? 'grey' : 'hidden'
}
