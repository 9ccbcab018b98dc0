import { AuditQuery } from '#src/desk/contract.ts'
import { need, signedIn } from '../guard.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  const actor = await signedIn(event)
  const { desk } = event.locals.app
  const asked = AuditQuery.safeParse({ before: event.url.searchParams.get('before') ?? undefined })
  const query = asked.success ? asked.data : AuditQuery.parse({})
  const page = await need(desk.audit(actor, query))
  const people = await need(desk.people(actor))
  const organisations = await need(desk.organisations(actor))
  const names = new Map<string, string>([
    ...people.map(({ id, name }) => [`person:${id}`, name] as const),
    ...organisations.map(({ id, name }) => [`organisation:${id}`, name] as const),
  ])
  const { timeZone, hourCycle } = event.locals.app.city
  return {
    timeZone,
    hourCycle,
    first: query.before === undefined,
    next: page.next,
    entries: page.entries.map((entry) => ({
      ...entry,
      object: names.get(entry.object) ?? entry.object,
      detail: Object.values(entry.detail).map((value) => named(names, value)),
    })),
  }
}

/** A detail as words: an id of an organisation by its name, a list by its members. */
function named(names: ReadonlyMap<string, string>, value: unknown): string {
  if (Array.isArray(value)) return value.map(String).join(', ')
  if (typeof value === 'object') return JSON.stringify(value)
  return names.get(`organisation:${String(value)}`) ?? String(value)
}
