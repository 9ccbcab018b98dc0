import { error, fail } from '@sveltejs/kit'
import { z } from 'zod'
import { type Link, NewPerson, RoleSet, roles } from '#src/desk/contract.ts'
import type { Actor } from '#src/kernel/http/actor.ts'
import { attempt, need, nodeRequest, signedIn } from '../guard.server.ts'
import type { Actions, PageServerLoad, RequestEvent } from './$types'

export const load: PageServerLoad = async (event) => {
  const actor = await signedIn(event)
  const { desk } = event.locals.app
  const people = await need(desk.people(actor))
  const organisations = await need(desk.organisations(actor))
  return { you: actor.personId, roles, people, organisations }
}

export const actions: Actions = {
  invite: async (event) => {
    const actor = await signedIn(event)
    const form = await event.request.formData()
    const given = {
      organisation: text(form, 'organisation'),
      name: text(form, 'name'),
      roles: form.getAll('roles').map(String),
    }
    const invited = NewPerson.safeParse(given)
    if (!invited.success) return fail(422, { wrong: wrongFields(invited.error), given })
    return attempt(async () => {
      const { link } = await event.locals.app.desk.invite(actor, invited.data)
      return { link: shown(event, link, invited.data.name) }
    })
  },
  roles: (event) =>
    change(event, async ({ actor, id, form }) => {
      const given = RoleSet.safeParse(form.getAll('roles'))
      if (!given.success) return fail(422, { problem: 'desk/no-role' })
      await event.locals.app.desk.changeRoles(actor, { id, roles: given.data })
      return { done: id }
    }),
  suspend: (event) =>
    change(event, async ({ actor, id }) => {
      await event.locals.app.desk.suspend(actor, id)
      return { done: id }
    }),
  resume: (event) =>
    change(event, async ({ actor, id }) => {
      await event.locals.app.desk.resume(actor, id)
      return { done: id }
    }),
  tokens: (event) =>
    change(event, async ({ actor, id }) => {
      await event.locals.app.desk.revokeTokens(actor, id)
      return { done: id }
    }),
  organisation: (event) =>
    change(event, async ({ actor, id, form }) => {
      const suspended = form.get('to') === 'suspend'
      await event.locals.app.desk.suspendOrganisation(actor, { id, suspended })
      return { done: id }
    }),
  link: (event) =>
    change(event, async ({ actor, id, form }) => {
      const { desk } = event.locals.app
      const { name } = await desk.person(actor, id)
      const link = await desk.renewLink(actor, { id, replace: form.has('replace') })
      return { link: shown(event, link, name) }
    }),
}

interface Change {
  actor: Actor
  id: string
  form: FormData
}

/** A deed on the person, or organisation, whose id the form holds. */
async function change<T>(event: RequestEvent, deed: (change: Change) => Promise<T>) {
  const actor = await signedIn(event)
  const form = await event.request.formData()
  const id = z.uuid().safeParse(form.get('whom'))
  if (!id.success) error(404, 'not found')
  return attempt(() => deed({ actor, id: id.data, form }))
}

const text = (form: FormData, name: string): string => {
  const value = form.get(name)
  return typeof value === 'string' ? value : ''
}

const wrongFields = (given: z.ZodError): string[] => [
  ...new Set(given.issues.map(({ path }) => String(path[0]))),
]

/** The whole address, in the language the administrator reads. It is answered once. */
function shown(event: RequestEvent, link: Link, name: string) {
  const { origin } = event.locals.app.desk.siteOf(nodeRequest(event))
  return { url: `${origin}/${event.params.lang}${link.path}`, expiresAt: link.expiresAt, name }
}
