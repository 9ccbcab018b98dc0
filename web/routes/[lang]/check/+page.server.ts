import { fail } from '@sveltejs/kit'
import type { CheckAnswer } from '#src/openness/check.ts'
import { textOf } from '../problem.ts'
import { cardsOf, clockOf, split } from '../public-view.server.ts'
import type { Actions, PageServerLoad } from './$types'

type App = App.Locals['app']

/** As many characters as the check reads (src/kernel/limits.ts, checkCharacters). */
const most = 2000

/** A number of ours in the address of a QR code or a text message is answered at once. */
export const load: PageServerLoad = async ({ locals: { app }, params: { lang }, url }) => {
  const code = (url.searchParams.get('code') ?? '').trim().slice(0, 40)
  return {
    most,
    clock: clockOf(app, app.kernel.clock.now().toISOString(), lang),
    code,
    answer: code ? shown(app, await app.pages.check(code, lang), lang) : null,
  }
}

export const actions: Actions = {
  default: async ({ request, locals: { app }, params: { lang } }) => {
    const text = textOf(await request.formData(), 'text', 20_000).trim()
    if (!text) return fail(422, { text, error: 'openness.check.empty', answer: null })
    if (text.length > most)
      return fail(422, { text, error: 'openness.check.too-long', answer: null })
    return { text, error: null, answer: shown(app, await app.pages.check(text, lang), lang) }
  },
}

/** The answer as the page tells it: a title, a sentence, and what we say ourselves. */
function shown(app: App, answer: CheckAnswer, lang: string) {
  const area = answer.verdict === 'place' ? answer.areaName : ''
  const incidents =
    answer.verdict === 'ours'
      ? [answer.incident]
      : answer.verdict === 'place'
        ? answer.incidents
        : []
  return {
    kind: kindOf(answer),
    area,
    cards: cardsOf(app, incidents, lang),
    lastCheckedAt: 'lastCheckedAt' in answer ? answer.lastCheckedAt : undefined,
  }
}

/** What there is to say: one title and one sentence each. */
type Kind =
  | 'ours-so'
  | 'ours-not-so'
  | 'not-ours'
  | 'place-none'
  | 'place-now'
  | 'place-past'
  | 'unknown'

function kindOf(answer: CheckAnswer): Kind {
  if (answer.verdict === 'ours') return answer.stillSo ? 'ours-so' : 'ours-not-so'
  if (answer.verdict !== 'place') return answer.verdict
  if (answer.incidents.length === 0) return 'place-none'
  return split(answer.incidents).now.length > 0 ? 'place-now' : 'place-past'
}
