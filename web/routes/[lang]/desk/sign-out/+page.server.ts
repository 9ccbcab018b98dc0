import { error, redirect } from '@sveltejs/kit'
import { nodeRequest } from '../guard.server.ts'
import type { Actions, PageServerLoad } from './$types'

/** Opened as a page, it only leads to the desk: an address never signs anybody out. */
export const load: PageServerLoad = ({ params }) => redirect(303, `/${params.lang}/desk`)

export const actions: Actions = {
  default: async (event) => {
    const { desk } = event.locals.app
    const request = nodeRequest(event)
    if (!desk.fromOwnPage(request)) error(403, { message: '', code: 'desk/other-origin' })
    const secret = desk.cookieOf(request)
    if (secret) await desk.signOut(secret)
    const { cookieName, secure } = desk.siteOf(request)
    event.cookies.delete(cookieName, { path: '/', httpOnly: true, sameSite: 'strict', secure })
    redirect(303, `/${event.params.lang}/desk/sign-in`)
  },
}
