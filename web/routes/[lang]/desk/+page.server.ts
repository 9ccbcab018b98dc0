import type { RequestEvent } from '@sveltejs/kit'
import type { Actor } from '#src/kernel/http/actor.ts'
import type { Actions, PageServerLoad } from './$types'
import { attempt, need, signedIn } from './guard.server.ts'

const readers = ['operator', 'verifier', 'approver', 'dispatcher']

export const load: PageServerLoad = async (event) => {
  const actor = await signedIn(event)
  const { pages, kernel, city } = event.locals.app
  const mayRead = actor.roles.some((role) => readers.includes(role))
  const incidents = mayRead ? await need(pages.queueFor(actor)) : []
  const wanted = event.url.searchParams.get('open')
  // A group that has gone meanwhile is simply not open.
  const opened = incidents.find(({ id, alike }) => id === wanted && alike)?.id ?? null
  return {
    mayRead,
    incidents,
    opened,
    members: opened ? await need(pages.alikeTo(opened, actor)) : [],
    clock: {
      now: kernel.clock.now().toISOString(),
      timeZone: city.timeZone,
      hourCycle: city.hourCycle,
      lang: event.params.lang,
    },
  }
}

type Pages = App.Locals['app']['pages']

/** What an act of the queue was, and by what it is taken back. */
interface Done {
  done: string
  count: number
  undo: { act?: string; id?: string } | null
}

const text = (form: FormData, name: string): string => String(form.get(name) ?? '')

/** One act on a row: who is signed in, the form, what it does. A refusal becomes a sentence. */
const action =
  (deed: (pages: Pages, actor: Actor, form: FormData) => Promise<Done>) =>
  async (event: RequestEvent) => {
    const actor = await signedIn({ ...event, params: { lang: event.params.lang ?? 'en' } })
    const form = await event.request.formData()
    return attempt(() => deed(event.locals.app.pages, actor, form))
  }

export const actions: Actions = {
  'set-aside': action(async (pages, actor, form) => {
    const alike = form.get('alike') === 'yes'
    const { act, count } = await pages.setAside(text(form, 'id'), actor, { alike })
    return { done: 'set-aside', count, undo: { act } }
  }),
  merge: action(async (pages, actor, form) => {
    const id = await pages.merge([text(form, 'id'), text(form, 'other')], actor)
    return { done: 'merge', count: 1, undo: { id } }
  }),
  'keep-apart': action(async (pages, actor, form) => {
    const id = text(form, 'id')
    await pages.keepApart(id, text(form, 'other'), actor)
    return { done: 'keep-apart', count: 1, undo: { id } }
  }),
  'bring-back': action(async (pages, actor, form) => {
    await pages.undo(text(form, 'id'), actor)
    return { done: 'bring-back', count: 1, undo: null }
  }),
  undo: action(async (pages, actor, form) => {
    const act = text(form, 'act')
    if (act) await pages.undoSetAside(act, actor)
    else await pages.undo(text(form, 'id'), actor)
    return { done: 'undo', count: 1, undo: null }
  }),
}
