import type { Actor } from '../kernel/http/actor.ts'
import type { Kernel } from '../kernel/kernel.ts'
import { Problem } from '../kernel/problem.ts'
import { refuse } from './contract.ts'
import { type Action, refusal } from './rules.ts'

/**
 * Lets an action pass, for API and pages alike. Throws 403 `kernel/not-permitted`,
 * `desk/step-up-needed` or `desk/not-by-token`.
 */
export function permit(kernel: Pick<Kernel, 'clock'>, actor: Actor, action: Action): void {
  const reason = refusal(action, actor, kernel.clock.now())
  if (reason === null) return
  if (reason === 'kernel/not-permitted')
    throw new Problem(reason, 403, 'Your role does not allow this.')
  throw refuse(reason)
}
