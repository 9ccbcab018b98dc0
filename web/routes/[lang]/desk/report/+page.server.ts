import { fail } from '@sveltejs/kit'
import { activities, NewReport, placeKinds } from '#src/reports/contract.ts'
import { attempt, signedIn } from '../guard.server.ts'
import type { Actions, PageServerLoad } from './$types'

export const load: PageServerLoad = async (event) => {
  await signedIn(event)
  return { activities, placeKinds, key: event.locals.app.pages.newKey() }
}

const text = (form: FormData, name: string): string | undefined => {
  const value = form.get(name)
  return typeof value === 'string' && value.trim() !== '' ? value.trim() : undefined
}

/** Yes, no, or not said. */
const answer = (form: FormData, name: string): boolean | undefined => {
  const value = form.get(name)
  return value === 'yes' ? true : value === 'no' ? false : undefined
}

export const actions: Actions = {
  default: async (event) => {
    const actor = await signedIn(event)
    const form = await event.request.formData()
    const { pages, kernel } = event.locals.app
    const given = Object.fromEntries(
      [...form].filter((entry): entry is [string, string] => typeof entry[1] === 'string'),
    )
    const placeId = text(form, 'placeId')
    const words = text(form, 'where')
    if (!placeId && !words) return fail(422, { missing: 'where', given })
    const minutes = Math.min(Math.max(Number(form.get('minutes')) || 0, 0), 72 * 60)
    const report = NewReport.safeParse({
      activity: form.get('activity'),
      place: placeId ? { placeId } : { text: words },
      placeKind: form.get('placeKind') ?? 'street',
      observedAt: new Date(kernel.clock.now().getTime() - minutes * 60_000).toISOString(),
      firstHand: answer(form, 'firstHand') ?? false,
      stillThere: answer(form, 'stillThere'),
      size: text(form, 'size'),
      description: text(form, 'details'),
      contact: text(form, 'contact'),
    })
    if (!report.success) return fail(422, { missing: 'other', given })
    return attempt(async () => ({
      taken: await pages.deskReport(report.data, actor, text(form, 'key') ?? null),
    }))
  },
}
