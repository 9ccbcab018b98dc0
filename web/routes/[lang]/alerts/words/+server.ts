import { activities } from '#src/reports/contract.ts'
import type { Words } from '#web/client/alerts/words.ts'
import { loadTexts, type Texts } from '#web/texts.ts'
import type { RequestHandler } from './$types'

const findings = ['confirmed', 'other-agency', 'unfounded']
const corrections = [...findings, 'wrong-place', 'wrong-time', 'withdrawn']
/** Left as they are: the phone fills them in when an alert comes. */
const slots = Object.fromEntries(
  ['activity', 'place', 'at', 'id', 'was', 'now'].map((name) => [name, `{${name}}`]),
)

const several = (t: Texts, prefix: string, names: readonly string[]): Record<string, string> =>
  Object.fromEntries(names.map((name) => [name, t(`${prefix}.${name}`)]))

/** The sentences from which a phone says an alert in its person's language. The same for everybody. */
export const GET: RequestHandler = async ({ params: { lang }, locals: { app } }) => {
  const t = await loadTexts(lang)
  const instead = (why: string) => ({
    title: t(`web.push.${why}-title`),
    body: t(`web.push.${why}-text`),
  })
  const words: Words = {
    lang: t.lang,
    dir: t.dir,
    timeZone: app.city.timeZone,
    hourCycle: app.city.hourCycle,
    headline: {
      confirmed: t('openness.headline.confirmed', slots),
      'all-clear': t('openness.headline.ended', slots),
      correction: t('openness.headline.corrected', slots),
    },
    body: {
      confirmed: t('web.push.confirmed', slots),
      'all-clear': t('web.push.all-clear', slots),
      correction: t('web.push.correction', slots),
    },
    drill: t('alerts.short.drill', { text: '{text}' }),
    activity: several(t, 'openness.activity', activities),
    was: several(t, 'openness.finding', findings),
    now: several(t, 'openness.corrected-to', corrections),
    instead: { unchecked: instead('unchecked'), known: instead('known'), late: instead('late') },
  }
  return Response.json(words, { headers: { 'cache-control': 'public, max-age=300' } })
}
