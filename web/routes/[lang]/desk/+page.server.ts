import type { PageServerLoad } from './$types'
import { need, signedIn } from './guard.server.ts'

const readers = ['operator', 'verifier', 'approver', 'dispatcher']

export const load: PageServerLoad = async (event) => {
  const actor = await signedIn(event)
  const { pages, kernel, city } = event.locals.app
  const mayRead = actor.roles.some((role) => readers.includes(role))
  return {
    mayRead,
    incidents: mayRead ? await need(pages.queue()) : [],
    clock: {
      now: kernel.clock.now().toISOString(),
      timeZone: city.timeZone,
      hourCycle: city.hourCycle,
      lang: event.params.lang,
    },
  }
}
