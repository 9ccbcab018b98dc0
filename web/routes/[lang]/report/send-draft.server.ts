import { problemOf } from '../problem.ts'
import { choiceOf, type Draft, type Step, type Wrong } from './draft.ts'
import { observedAt, reportOf, whatErrors, whereErrors } from './read-draft.server.ts'

type App = App.Locals['app']

/** Why a draft was not taken: the step that asks for what is wrong, and the key for the next try. */
export interface NotSent {
  status: number
  step: Step
  errors: Wrong[]
  key: string
}

/** Makes a report of a draft and has it taken, at most once a key. Throws only what is our own fault. */
export async function sendDraft(
  app: App,
  written: Draft,
): Promise<{ receipt: string | null } | NotSent> {
  const draft = { ...written, choice: choiceOf(written) }
  const refused = (status: number, errors: Wrong[], step = stepOf(errors[0])): NotSent => ({
    status,
    step,
    errors,
    key: draft.key,
  })
  if (whatErrors(draft).length > 0) return refused(422, whatErrors(draft), 'what')
  if (whereErrors(draft).length > 0) return refused(422, whereErrors(draft), 'where')
  const seen = observedAt(draft, app.kernel.clock.now(), app.city.timeZone)
  if (!(seen instanceof Date)) return refused(422, [seen])
  const report = reportOf(draft, seen)
  if (Array.isArray(report)) return refused(422, report)
  try {
    const { receipt } = await app.pages.report(report, draft.key, draft.effort || null)
    return { receipt }
  } catch (thrown) {
    const { code, status } = problemOf(thrown)
    const key = code === 'kernel/idempotency-mismatch' ? app.pages.newKey() : draft.key
    return { ...refused(status, [problemError(code)]), key }
  }
}

/** Problems that are about one field; the rest stand at the button. */
const fieldOf: Record<string, string> = {
  'in-the-future': 'when',
  'too-old': 'when',
  'outside-city': 'place',
  'swapped-coordinates': 'place',
  'unknown-place': 'place',
}
const told = new Set([...Object.keys(fieldOf), 'idempotency-mismatch', 'try-again', 'invalid'])

function problemError(code: string): Wrong {
  const reason = code.split('/').at(-1) ?? ''
  const known =
    reason === 'swapped-coordinates' ? 'outside-city' : told.has(reason) ? reason : 'unexpected'
  return { field: fieldOf[reason] ?? 'send', text: `reports.problem.${known}` }
}

const stepOf = (error: Wrong | undefined): Step =>
  error?.field === 'place' ? 'where' : error?.field === 'size' ? 'what' : 'when'
