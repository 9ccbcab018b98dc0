import { fail, type RequestEvent } from '@sveltejs/kit'
import type { Actions, PageServerLoad } from './$types'
import type { Draft, Step, Wrong } from './draft.ts'
import { type FoundPlaces, findPlaces, hasPoint, placeInWords } from './find-place.server.ts'
import { formSettings } from './form-settings.server.ts'
import { readDraft, whatErrors, whereErrors } from './read-draft.server.ts'
import { sendDraft } from './send-draft.server.ts'

export const load: PageServerLoad = ({ locals: { app } }) => formSettings(app)

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
  /** Step 3 is answered, or the whole form of one page (offline/+page.svelte). */
  send: async (event) => {
    const { app, draft, view } = await begin(event)
    const sent = await sendDraft(app, draft)
    if ('receipt' in sent) return { ...view('sent'), receipt: sent.receipt }
    return fail(sent.status, view(sent.step, sent.errors, { ...draft, key: sent.key }))
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
