import type { ReportsRoom } from '../submit-report.ts'
import { makeBudgets } from './budgets.ts'
import type { Sms } from './take-message.ts'

export { smsApi } from './api.ts'
export { forgetDialogues } from './store.ts'

/** Text messages of one process. `around` is what only the composition root can say. */
export const makeSms = (
  room: ReportsRoom,
  around: Pick<Sms, 'translator' | 'check' | 'alerts' | 'rights'>,
): Sms => ({
  room,
  budgets: makeBudgets(room.kernel.clock, room.policy.floodPerMinute),
  pepper: room.kernel.secrets.phonePepper,
  ...around,
})
