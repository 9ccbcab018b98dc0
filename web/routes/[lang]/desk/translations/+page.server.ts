import { fail } from '@sveltejs/kit'
import { textOf } from '../../problem.ts'
import { attempt, need, signedIn } from '../guard.server.ts'
import type { Actions, PageServerLoad } from './$types'

type Review = 'native-reviewed' | 'lawyer-reviewed'

/** A file larger than this is no file of guides (src/kernel/limits.ts, xliffBytes). */
const mostBytes = 4 * 1024 * 1024

const reviewOf = (form: FormData): Review =>
  form.get('review') === 'lawyer-reviewed' ? 'lawyer-reviewed' : 'native-reviewed'

export const load: PageServerLoad = async (event) => {
  const actor = await signedIn(event)
  const { pages, city } = event.locals.app
  const languages = city.languages.filter(({ code }) => code !== 'en')
  const asked = event.url.searchParams.get('in')
  const language = languages.find(({ code }) => code === asked) ?? languages[0]
  if (!language) return { languages, language: null, texts: [] }
  const texts = await need(pages.translations(actor, language.code))
  return { languages, language, texts }
}

export const actions: Actions = {
  approve: async (event) => {
    const actor = await signedIn(event)
    const form = await event.request.formData()
    const name = textOf(form, 'name', 90)
    const words = textOf(form, 'words', 2000)
    const remark = textOf(form, 'remark', 1000).trim()
    const body = {
      ...{ lang: textOf(form, 'lang', 20), name, words, of: textOf(form, 'of', 8) },
      ...{ review: reviewOf(form), ...(remark && { remark }) },
    }
    const answer = await attempt(async () => {
      await event.locals.app.pages.approveWords(actor, body)
      return { done: name }
    })
    // What was typed is not lost with the refusal.
    return 'status' in answer ? fail(answer.status, { ...answer.data, name, words }) : answer
  },
  take: async (event) => {
    const actor = await signedIn(event)
    const form = await event.request.formData()
    const file = form.get('file')
    if (!(file instanceof File) || file.size === 0 || file.size > mostBytes)
      return fail(422, { problem: 'rights/xliff' })
    const xml = await file.text()
    return attempt(async () => ({
      taken: await event.locals.app.pages.takeXliff(actor, xml, reviewOf(form)),
    }))
  },
}
