import { fail } from '@sveltejs/kit'
import { NewDrill } from '#src/alerts/contract-drill.ts'
import { attempt, need, signedIn } from '../guard.server.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const actor = await signedIn(event)
  const { pages, city, kernel } = event.locals.app
  return {
    ...(await need(pages.sending(actor))),
    mayStop: actor.roles.some((role) => role === 'approver' || role === 'admin'),
    drillId: pages.newDrillId(),
    clock: {
      now: kernel.clock.now().toISOString(),
      timeZone: city.timeZone,
      hourCycle: city.hourCycle,
      lang: 'en',
    },
  }
}

export const actions: Actions = {
  halt: async (event) => {
    const actor = await signedIn(event)
    const form = await event.request.formData()
    const reason = String(form.get('reason') ?? '').trim()
    if (reason.length < 3 || reason.length > 500) return fail(422, { problem: 'desk/no-reason' })
    return attempt(async () => {
      await event.locals.app.pages.halt(actor, reason)
      return { done: 'halt' }
    })
  },
  drill: async (event) => {
    const actor = await signedIn(event)
    const form = await event.request.formData()
    const drill = NewDrill.safeParse({
      id: form.get('id'),
      place: form.get('placeId') ?? '',
      minutes: Number(form.get('minutes')),
    })
    if (!drill.success || !drill.data.place) return fail(422, { problem: 'desk/no-drill-place' })
    return attempt(async () => {
      await event.locals.app.pages.startDrill(actor, drill.data)
      return { done: 'drill' }
    })
  },
  'end-drill': async (event) => {
    const actor = await signedIn(event)
    const id = String((await event.request.formData()).get('id') ?? '')
    return attempt(async () => {
      await event.locals.app.pages.endDrill(actor, id)
      return { done: 'end-drill' }
    })
  },
  resume: async (event) => {
    const actor = await signedIn(event)
    return attempt(async () => {
      await event.locals.app.pages.resume(actor)
      return { done: 'resume' }
    })
  },
}
