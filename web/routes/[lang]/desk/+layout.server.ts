import { redirect } from '@sveltejs/kit'
import type { LayoutServerLoad } from './$types'
import { visitor } from './guard.server.ts'

/** Pages of the desk that a stranger may open. */
const open = /^\/[^/]+\/desk\/(sign-in|enrol\/[^/]+)\/?$/

/** As src/pages.ts decides, so that nobody is led to a form that refuses them. */
const takers = ['operator', 'verifier', 'dispatcher']
const senders = ['operator', 'verifier', 'approver', 'dispatcher', 'admin']

export const load: LayoutServerLoad = async (event) => {
  const actor = await visitor(event)
  const { pathname, search } = event.url
  if (!actor && !open.test(pathname)) {
    const to = encodeURIComponent(pathname + search)
    redirect(303, `/${event.params.lang}/desk/sign-in?to=${to}`)
  }
  return {
    /** Who is signed in: for the bar on top; each page asks for itself what they may do. */
    person: actor && {
      name: actor.name,
      organisation: actor.organisation,
      roles: [...actor.roles],
      translates: actor.roles.includes('records'),
      isAdmin: actor.roles.includes('admin'),
      seesSending: actor.roles.some((role) => senders.includes(role)),
      takesReports: actor.roles.some((role) => takers.includes(role)),
    },
  }
}
