import type { Actions, PageServerLoad } from './$types'

/** Asks nothing of the secret: mail programs open links by themselves, and a guess is told nothing. */
export const load: PageServerLoad = ({ setHeaders }) => setHeaders({ 'cache-control': 'no-store' })

export const actions: Actions = {
  default: async ({ params, locals: { app } }) => {
    await app.pages.confirmSubscription(params.secret)
    return { done: true }
  },
}
