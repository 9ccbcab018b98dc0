import { guideOf } from '../../guide.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = async ({ locals: { app }, params: { lang, situation } }) => ({
  guide: await guideOf(app, situation, lang),
  english: lang === 'en' ? null : await guideOf(app, situation, 'en'),
})
