import { fail, type RequestEvent } from '@sveltejs/kit'
import { mapOf } from '../map.server.ts'
import { problemOf } from '../problem.ts'
import type { Actions, PageServerLoad } from './$types'
import type { Draft, Step, Wrong } from './draft.ts'
import { type FoundPlaces, findPlaces, hasPoint, placeInWords } from './find-place.server.ts'
import { observedAt, readDraft, reportOf, whatErrors, whereErrors } from './read-draft.server.ts'

/** Days that exact places, words and contacts are kept (src/schema.ts, restrictedDays). */
const days = 3

export const load: PageServerLoad = ({ locals: { app } }) => {
  const { city, pages } = app
  const { reports, incidents } = city.policy as {
    reports: { maxAgeHours: number }
    incidents: { precision: Record<string, 'corner' | 'wide' | 'neighbourhood'> }
  }
  const today = Temporal.Instant.fromEpochMilliseconds(app.kernel.clock.now().getTime())
    .toZonedDateTimeISO(city.timeZone)
    .toPlainDate()
  return {
    key: pages.newKey(),
    days,
    units: city.units,
    map: mapOf(app),
    precision: incidents.precision,
    maxAgeHours: reports.maxAgeHours,
    today: today.toString(),
    earliest: today.subtract({ hours: reports.maxAgeHours }).toString(),
  }
}

/** What the page shows after a button was pressed. */
interface View {
  step: Step | 'sent'
  draft: Draft
  errors: Wrong[]
  /** Step 2: what the words may mean. */
  found: FoundPlaces | null
  /** Step 3: the place, to look over. */
  placeWords: string
  /** The receipt, this once. */
  receipt: string | null
}

type Event = Pick<RequestEvent<{ lang: string }>, 'request' | 'locals' | 'params'>

async function begin({ request, locals: { app }, params: { lang } }: Event) {
  const draft = readDraft(await request.formData(), app)
  const view = (step: View['step'], errors: Wrong[] = [], of: Draft = draft): View => ({
    step,
    draft: of,
    errors,
    found: step === 'where' ? findPlaces(app, of, lang) : null,
    placeWords: step === 'when' ? placeInWords(app, of) : '',
    receipt: null,
  })
  return { app, draft, view }
}

export const actions: Actions = {
  /** Back to step 1. */
  what: async (event) => (await begin(event)).view('what'),
  /** Step 1 is answered; also the way back from step 3. */
  where: async (event) => {
    const { draft, view } = await begin(event)
    const errors = whatErrors(draft)
    return errors.length > 0 ? fail(422, view('what', errors)) : view('where')
  },
  /** Looks the words up; what was chosen before no longer holds. */
  find: async (event) => {
    const { app, draft, view } = await begin(event)
    return find(app, draft, view)
  },
  /** Step 2 is answered. Words that nobody has looked up yet are looked up first. */
  when: async (event) => {
    const { app, draft, view } = await begin(event)
    if (draft.place.trim() !== draft.searched.trim() || (!draft.place.trim() && !hasPoint(draft)))
      return find(app, draft, view)
    const errors = whereErrors(draft)
    if (errors.length > 0) return fail(422, view('where', errors))
    return view('when', [], { ...draft, asOf: draft.asOf || app.kernel.clock.now().toISOString() })
  },
  send: async (event) => {
    const { app, draft, view } = await begin(event)
    const step =
      whatErrors(draft).length > 0 ? 'what' : whereErrors(draft).length > 0 ? 'where' : 'when'
    if (step !== 'when')
      return fail(422, view(step, step === 'what' ? whatErrors(draft) : whereErrors(draft)))
    const seen = observedAt(draft, app.kernel.clock.now(), app.city.timeZone)
    if (!(seen instanceof Date)) return fail(422, view('when', [seen]))
    const report = reportOf(draft, seen)
    if (Array.isArray(report)) return fail(422, view(stepOf(report[0]), report))
    try {
      const { receipt } = await app.pages.report(report, draft.key, draft.effort || null)
      return { ...view('sent'), receipt }
    } catch (thrown) {
      const { code, status } = problemOf(thrown)
      const error = problemError(code)
      const again = code === 'kernel/idempotency-mismatch' ? app.pages.newKey() : draft.key
      return fail(status, view(stepOf(error), [error], { ...draft, key: again }))
    }
  },
}

type Begun = Awaited<ReturnType<typeof begin>>

function find(app: Begun['app'], draft: Draft, view: Begun['view']) {
  const searched = draft.place.trim()
  // A suggestion that was taken, or a position that was given, is already an answer.
  const choice = draft.placeId
    ? `place:${draft.placeId}`
    : !searched && hasPoint(draft)
      ? 'point'
      : ''
  const known = draft.placeId === '' || app.city.placeById(draft.placeId) !== undefined
  const next = { ...draft, searched, choice: known ? choice : '', placeId: '' }
  const shown = view('where', [], next)
  if (shown.found) return shown
  const outside = hasPoint(draft)
  return fail(422, {
    ...view(
      'where',
      [{ field: 'place', text: outside ? 'reports.problem.outside-city' : 'reports.error.place' }],
      {
        ...next,
        choice: '',
        lat: '',
        lon: '',
        accuracy: '',
      },
    ),
  })
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
