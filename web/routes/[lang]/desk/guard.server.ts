import type { IncomingMessage } from 'node:http'
import { error, fail, type RequestEvent, redirect } from '@sveltejs/kit'
import type { Actor } from '#src/kernel/http/actor.ts'

type Event = Pick<RequestEvent, 'locals' | 'platform' | 'params' | 'url' | 'request'>

/** The request as Node received it: what the desk reads cookies and origins from. */
export function nodeRequest({ platform }: Pick<RequestEvent, 'platform'>): IncomingMessage {
  if (!platform) error(500, 'pages are served by `porchlight serve` only')
  return platform.req
}

const asked = new WeakMap<Request, Promise<Actor | null>>()

/** Who is signed in, or null. Layout and page of one request ask the database once. */
export function visitor(event: Event): Promise<Actor | null> {
  const known = asked.get(event.request)
  if (known) return known
  const answer = event.locals.app.desk.authenticate(nodeRequest(event))
  asked.set(event.request, answer)
  return answer
}

/**
 * Who is signed in; a stranger is sent to sign in and comes back here after. Every load and action
 * of a desk page calls it itself: a layout's load does not run before each of them.
 */
export async function signedIn(event: Event): Promise<Actor> {
  const actor = await visitor(event)
  if (actor) return actor
  const to = event.url.pathname + event.url.search
  redirect(303, `/${event.params.lang}/desk/sign-in?to=${encodeURIComponent(to)}`)
}

/** A `Problem` of the application, whose class the pages' own bundle does not share. */
const isProblem = (thrown: unknown): thrown is Error & { code: string; status: number } =>
  thrown instanceof Error && thrown.name === 'Problem' && 'code' in thrown && 'status' in thrown

/** Runs an action's deed; a problem becomes the form's answer, `{ problem: code }`. */
export async function attempt<T>(deed: () => Promise<T>) {
  try {
    return await deed()
  } catch (thrown) {
    if (isProblem(thrown)) return fail(thrown.status, { problem: thrown.code })
    throw thrown
  }
}

/** Runs what a load needs; a problem becomes the error page of its status. */
export async function need<T>(wanted: Promise<T>): Promise<T> {
  try {
    return await wanted
  } catch (thrown) {
    if (isProblem(thrown)) error(thrown.status, { message: thrown.message, code: thrown.code })
    throw thrown
  }
}
