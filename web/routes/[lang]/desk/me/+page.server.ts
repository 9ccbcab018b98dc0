import { error } from '@sveltejs/kit'
import { attempt, need, nodeRequest, signedIn } from '../guard.server.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const actor = await signedIn(event)
  const me = await need(event.locals.app.desk.me(actor))
  return { me, fresh: event.url.searchParams.has('new') }
}

export const actions: Actions = {
  add: async (event) => {
    const actor = await signedIn(event)
    const { desk } = event.locals.app
    const { origin } = desk.siteOf(nodeRequest(event))
    return attempt(async () => {
      const { path, expiresAt } = await desk.addOwnPasskey(actor)
      return { link: { url: `${origin}/${event.params.lang}${path}`, expiresAt, name: actor.name } }
    })
  },
  remove: async (event) => {
    const actor = await signedIn(event)
    const id = (await event.request.formData()).get('passkey')
    if (typeof id !== 'string') error(404, 'not found')
    return attempt(async () => {
      await event.locals.app.desk.removeOwnPasskey(actor, id)
      return { done: id }
    })
  },
}
