import type { Answered, Audience } from '#src/rights/contract-warrant.ts'
import { dayOf } from '../../told.ts'
import { contactsOf } from '../contacts.server.ts'
import type { Actions, PageServerLoad } from './$types'

/** Answers are carried in the form alone, as `N1=home`: not in the address, a cookie or a store. */
const nodeName = /^N\d[A-Za-z]?$/

const audienceOf = (said: unknown): Audience => (said === 'staff' ? 'staff' : 'resident')

export const load: PageServerLoad = ({ locals: { app }, params: { lang }, url }) => {
  const whole = app.pages.warrant.whole(lang)
  const days = Object.values(whole?.phone.tree.cards ?? {}).flatMap((card) => [
    card.asOf,
    card.reviewBy,
  ])
  const audience = audienceOf(url.searchParams.get('for'))
  return {
    audience,
    step: app.pages.warrant.step(lang, audience, []),
    whole,
    /** Every day that a card names, in words. */
    days: Object.fromEntries(days.map((day) => [day, dayOf(day, lang)])),
    contacts: contactsOf(app.city, lang),
  }
}

export const actions: Actions = {
  /** One more answer, or back by one. */
  default: async ({ request, locals: { app }, params: { lang } }) => {
    const form = await request.formData()
    const audience = audienceOf(form.get('for'))
    const answers = [...form]
      .filter(
        (field): field is [string, string] =>
          nodeName.test(field[0]) && typeof field[1] === 'string',
      )
      .map(([node, option]): Answered => ({ node, option: option.slice(0, 40) }))
    const step = app.pages.warrant.step(lang, audience, answers)
    if (!form.has('back') || !step) return { audience, step, was: null }
    return {
      audience,
      step: app.pages.warrant.step(lang, audience, step.answered.slice(0, -1)),
      was: step.answered.at(-1)?.option ?? null,
    }
  },
}
