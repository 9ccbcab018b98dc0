import type { IncomingMessage } from 'node:http'
import { error, fail, type RequestEvent, redirect } from '@sveltejs/kit'
import { roles } from '#src/desk/contract.ts'
import type { Actions, PageServerLoad } from './$types'

/** Only `porchlight demo` has this page; everywhere else there is none. */
function demoOf(event: Pick<RequestEvent, 'locals' | 'platform'>) {
  const { demo, desk } = event.locals.app
  if (!demo || !event.platform) error(404, { message: '', code: 'kernel/not-found' })
  const request: IncomingMessage = event.platform.req
  return { desk, request }
}

export const load: PageServerLoad = async (event) => {
  const { desk, request } = demoOf(event)
  const [actor, people] = await Promise.all([desk.authenticate(request), desk.demoPeople()])
  return {
    left: event.url.searchParams.has('out'),
    you: actor && { name: actor.name, organisation: actor.organisation, id: actor.personId },
    /** In the order of the roles, so that the list reads as a shift does. */
    groups: roles
      .map((role) => ({
        role,
        people: people
          .filter((person) => person.roles[0] === role && !person.suspended)
          .map(({ id, name, organisation }) => ({ id, name, organisation: organisation.name })),
      }))
      .filter((group) => group.people.length > 0),
  }
}

export const actions: Actions = {
  enter: async (event) => {
    const { desk, request } = demoOf(event)
    const id = String((await event.request.formData()).get('person'))
    const people = await desk.demoPeople()
    if (!people.some((person) => person.id === id && !person.suspended)) return fail(404)
    const { cookieName, secure } = desk.siteOf(request)
    const { cookie } = await desk.enterAs(id)
    const [, value = ''] = /^[^=]+=([^;]*)/.exec(cookie) ?? []
    event.cookies.set(cookieName, value, {
      path: '/',
      httpOnly: true,
      sameSite: 'strict',
      secure,
      maxAge: Number(/Max-Age=(\d+)/.exec(cookie)?.[1] ?? 0),
    })
    redirect(303, `/${event.params.lang}/desk`)
  },
  out: async (event) => {
    const { desk, request } = demoOf(event)
    const secret = desk.cookieOf(request)
    if (secret) await desk.signOut(secret)
    const { cookieName, secure } = desk.siteOf(request)
    event.cookies.delete(cookieName, { path: '/', httpOnly: true, sameSite: 'strict', secure })
    redirect(303, `/${event.params.lang}/demo?out`)
  },
}
