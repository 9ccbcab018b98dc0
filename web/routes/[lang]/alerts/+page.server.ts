import type { App } from '#src/app.ts'
import { mapOf } from '../map.server.ts'
import type { Actions, PageServerLoad } from './$types'
import { type Draft, mostPlaces } from './draft.ts'
import { readDraft, subscriptionOf, textOfProblem } from './read-draft.server.ts'

/** Where this deployment is reached, how it sends, and what a phone must know to check what comes. */
export const load: PageServerLoad = ({ locals: { app }, url }) => ({
  origin: app.config.publicUrl?.replace(/\/$/, '') ?? url.origin,
  alerting: app.pages.alerting(),
  /** What an installed app is called and looks like: by the address alone, so that nothing has to be kept. */
  plainApp: url.searchParams.get('app') === 'plain',
  map: mapOf(app),
})

type Step = (draft: Draft, app: App, lang: string) => Draft | Promise<Draft>

/** One step of the form without script: reads what was answered, and answers the page with it. */
const step =
  (act: Step): Actions[string] =>
  async ({ request, params, setHeaders, locals: { app } }) => {
    // It holds what somebody typed.
    setHeaders({ 'cache-control': 'no-store' })
    const draft = readDraft(await request.formData(), app, params.lang)
    try {
      return { draft: await act(draft, app, params.lang) }
    } catch (error) {
      const problem = textOfProblem(error)
      if (!problem) throw error
      return { draft: { ...draft, problem } }
    }
  }

export const actions: Actions = {
  find: step((draft, app, lang) => {
    const { places } = app.pages.search(draft.query, lang)
    return { ...draft, hits: places, problem: places.length === 0 ? 'place-none' : null }
  }),
  change: step((draft) =>
    draft.chosen.length > mostPlaces ? { ...draft, problem: 'too-many' } : draft,
  ),
  review: step((draft, app) => {
    const asked = subscriptionOf(draft, app)
    if (typeof asked === 'string') return { ...draft, problem: asked }
    const { channel, language, wants, quiet = null } = asked
    const cells = app.pages.previewCells(asked.cells)
    return { ...draft, review: { cells, channel, language, wants, quiet } }
  }),
  subscribe: step(async (draft, app) => {
    const asked = subscriptionOf(draft, app)
    if (typeof asked === 'string') return { ...draft, problem: asked }
    await app.pages.subscribe(asked)
    return { ...draft, pending: true }
  }),
}
