import { fail, type RequestEvent } from '@sveltejs/kit'
import { type ReportOutcome, receiptDigits } from '#src/reports/contract.ts'
import { problemOf, textOf } from '../problem.ts'
import { clockOf } from '../public-view.server.ts'
import type { Actions, PageServerLoad } from './$types'

/** Days after which a report is gone, receipt and all; and after which its exact place is. */
const days = { report: 365 }
const additionLimit = 4000

export const load: PageServerLoad = ({ locals: { app }, params: { lang } }) => ({
  clock: clockOf(app, app.kernel.clock.now().toISOString(), lang),
  days,
})

type Event = Pick<RequestEvent, 'request' | 'locals'>

/** What the page shows; `typed` is what stands in the box, `receipt` the digits that opened it. */
interface View {
  typed: string
  receipt: string | null
  report: ReportOutcome | null
  error: { field: 'receipt' | 'text'; text: string } | null
  /** What was typed as an addition and could not be taken. */
  text: string
  did: 'added' | 'retracted' | 'ask' | null
}

/** Opens a report by its digits, does `deed` to it, and shows what became of it. */
async function open(
  { request, locals: { app } }: Event,
  deed: (receipt: string, form: FormData) => Promise<Partial<View>> = async () => ({}),
) {
  const form = await request.formData()
  const typed = textOf(form, 'receipt', 100)
  const shut: View = {
    typed,
    receipt: null,
    report: null,
    error: null,
    text: '',
    did: null,
  }
  const receipt = receiptDigits(typed)
  if (!receipt)
    return fail(422, {
      ...shut,
      error: { field: 'receipt' as const, text: 'reports.error.receipt' },
    })
  try {
    const done = await deed(receipt, form)
    const report = await app.pages.myReport(receipt)
    const view: View = { ...shut, receipt, report, ...done }
    return view.error ? fail(422, view) : view
  } catch (thrown) {
    const { code, status } = problemOf(thrown)
    return fail(status, { ...shut, error: { field: 'receipt' as const, text: problemText(code) } })
  }
}

const told = new Set(['unknown-receipt', 'retracted', 'too-many-additions', 'try-again'])
function problemText(code: string): string {
  const reason = code.split('/').at(-1) ?? ''
  return `reports.problem.${told.has(reason) ? reason : 'unexpected'}`
}

const answers: Record<string, boolean> = { yes: true, no: false }

export const actions: Actions = {
  look: (event) => open(event),
  add: (event) =>
    open(event, async (receipt, form) => {
      const text = textOf(form, 'text')
      const stillThere = answers[textOf(form, 'stillThere')]
      const wrong = additionError(text, stillThere)
      if (wrong) return { text, error: { field: 'text', text: wrong } }
      await event.locals.app.pages.addToReport(receipt, {
        ...(text.trim() && { text: text.trim() }),
        ...(stillThere !== undefined && { stillThere }),
      })
      return { did: 'added' }
    }),
  /** Asks before it takes back: it cannot be undone. */
  ask: (event) => open(event, async () => ({ did: 'ask' })),
  retract: (event) =>
    open(event, async (receipt) => {
      await event.locals.app.pages.retract(receipt)
      return { did: 'retracted' }
    }),
}

function additionError(text: string, stillThere: boolean | undefined): string | null {
  if (!text.trim() && stillThere === undefined) return 'reports.error.addition'
  if (text.trim().length > additionLimit) return 'reports.error.description-long'
  return text.includes('\0') || !text.isWellFormed() ? 'reports.error.broken-character' : null
}
