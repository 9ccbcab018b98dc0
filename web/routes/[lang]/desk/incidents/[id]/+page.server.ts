import { fail } from '@sveltejs/kit'
import { z } from 'zod'
import { bases, corrections, findings } from '#src/incidents/contract.ts'
import type { Actor } from '#src/kernel/http/actor.ts'
import { attempt, need, signedIn } from '../../guard.server.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

export const load: PageServerLoad = async (event) => {
  const actor = await signedIn(event)
  const { pages, kernel, city } = event.locals.app
  const { id, lang } = event.params
  const incident = await need(pages.incidentForDesk(id, actor))
  return {
    incident,
    roles: [...actor.roles],
    /** Handed to the page, since the contract they stand in would bring zod along. */
    choices: { findings, corrections },
    preview: incident.pending ? preview(event, incident) : null,
    clock: {
      now: kernel.clock.now().toISOString(),
      timeZone: city.timeZone,
      hourCycle: city.hourCycle,
      lang,
    },
  }
}

type Incident = Awaited<ReturnType<App.Locals['app']['pages']['incidentForDesk']>>

/** The words that a sign-off would publish, in every language of the city. */
function preview({ locals }: Pick<RequestEvent, 'locals'>, incident: Incident) {
  const { pages, city, kernel } = locals.app
  const now = kernel.clock.now().toISOString()
  const finding = incident.pending?.finding
  if (finding === 'inconclusive' || !finding) return null
  const snapshot = {
    id: incident.id,
    revision: incident.revision + 1,
    status: finding as 'confirmed',
    activity: incident.activity,
    ...incident.publicPlace,
    observedAt: incident.firstObservedAt,
    publishedAt: now,
    confirmedAt: now,
    updatedAt: now,
    expiresAt: null,
    correction: null,
  }
  return city.languages.map(({ code, name, dir }) => ({
    code,
    name,
    dir,
    words: pages.words(snapshot, code),
  }))
}

const text = (form: FormData, name: string): string | undefined => {
  const value = form.get(name)
  return typeof value === 'string' && value.trim() !== '' ? value : undefined
}

/** One action of the page: who is signed in, the form, and what it does; a refusal becomes a sentence. */
const action =
  (
    name: string,
    deed: (given: {
      event: RequestEvent
      actor: Actor
      form: FormData
      id: string
    }) => Promise<unknown>,
  ) =>
  async (event: RequestEvent) => {
    const actor = await signedIn(event)
    const form = await event.request.formData()
    return attempt(async () => {
      await deed({ event, actor, form, id: event.params.id })
      return { done: name }
    })
  }

const pagesOf = (event: RequestEvent) => event.locals.app.pages

const find: Actions[string] = async (event) => {
  const actor = await signedIn(event)
  const form = await event.request.formData()
  const body = z
    .object({
      finding: z.enum(findings),
      basis: z.enum(bases),
      note: z.string().max(4000).optional(),
    })
    .safeParse({ finding: form.get('finding'), basis: form.get('basis'), note: text(form, 'note') })
  if (!body.success)
    return fail(422, { problem: 'desk/incomplete', given: { note: text(form, 'note') } })
  return attempt(async () => {
    await pagesOf(event).find(event.params.id, actor, body.data)
    return { done: 'find' }
  })
}

/** What a reviewer says of a picture; anything else than a plain yes holds it back. */
const outcomeOf = (form: FormData) =>
  form.get('outcome') === 'cleared' ? ('cleared' as const) : ('held-back' as const)

export const actions: Actions = {
  find,
  'sign-off': action('sign-off', ({ event, actor, form, id }) =>
    pagesOf(event).signOff(
      id,
      actor,
      z.enum(findings).catch('inconclusive').parse(form.get('finding')),
    ),
  ),
  end: action('end', ({ event, actor, id }) => pagesOf(event).end(id, actor)),
  correct: action('correct', ({ event, actor, form, id }) =>
    pagesOf(event).correct(id, actor, {
      now: z.enum(corrections).optional().catch(undefined).parse(form.get('now')),
    }),
  ),
  merge: action('merge', ({ event, actor, form, id }) =>
    pagesOf(event).merge([id, text(form, 'other')?.trim().toUpperCase() ?? ''], actor),
  ),
  split: action('split', ({ event, actor, form, id }) =>
    pagesOf(event).split(id, form.getAll('report').map(String), actor),
  ),
  'set-aside': action('set-aside', ({ event, actor, id }) =>
    pagesOf(event).setAside(id, actor, { alike: false }),
  ),
  'keep-apart': action('keep-apart', ({ event, actor, form, id }) =>
    pagesOf(event).keepApart(id, text(form, 'other') ?? '', actor),
  ),
  review: action('review', ({ event, actor, form }) =>
    pagesOf(event).reviewMedia(text(form, 'media') ?? '', actor, outcomeOf(form)),
  ),
  undo: action('undo', ({ event, actor, id }) => pagesOf(event).undo(id, actor)),
  place: action('place', ({ event, actor, form, id }) =>
    pagesOf(event).place(id, text(form, 'placeId') ?? '', actor),
  ),
}
