import type { Actions, PageServerLoad } from './$types'

/** Asks nothing of the capability: right, wrong or used, the page is the same, and opening it ends nothing. */
export const load: PageServerLoad = ({ setHeaders }) => setHeaders({ 'cache-control': 'no-store' })

export const actions: Actions = {
  default: async ({ params, locals: { app } }) => {
    await app.pages.unsubscribe(params.capability)
    return { done: true }
  },
}
