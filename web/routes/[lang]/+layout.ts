import { loadTexts } from '#web/texts.ts'
import type { LayoutLoad } from './$types'

/** Public pages need no script; a page that does says `csr = true` itself. */
export const csr = false

export const load: LayoutLoad = async ({ params, data }) => {
  return { ...data, t: await loadTexts(params.lang) }
}
