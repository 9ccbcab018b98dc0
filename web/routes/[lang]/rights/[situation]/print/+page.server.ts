import { guideOf } from '../../guide.server.ts'
import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals: { app }, params: { lang, situation } }) => ({
  guide: guideOf(app, situation, lang),
  english: lang === 'en' ? null : guideOf(app, situation, 'en'),
})
