import { error } from '@sveltejs/kit'

/** A `Problem` of the application, whose class the pages' own bundle does not share. */
export type AProblem = Error & { code: string; status: number; errors: { path: string }[] }

/** The problem that was thrown; anything else is thrown on. */
export function problemOf(thrown: unknown): AProblem {
  if (thrown instanceof Error && thrown.name === 'Problem' && 'code' in thrown)
    return thrown as AProblem
  throw thrown
}

/** Runs what a load needs; a problem becomes the error page of its status. */
export async function orErrorPage<T>(wanted: Promise<T>): Promise<T> {
  try {
    return await wanted
  } catch (thrown) {
    const { status, code, message } = problemOf(thrown)
    error(status, { message, code })
  }
}

/** A field of a form as text, at most `most` characters: more was never meant. */
export function textOf(form: FormData, name: string, most = 10_000): string {
  const value = form.get(name)
  return typeof value === 'string' ? value.slice(0, most) : ''
}
