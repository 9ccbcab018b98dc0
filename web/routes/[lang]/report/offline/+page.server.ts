import { formSettings } from '../form-settings.server.ts'
import type { PageServerLoad } from './$types'

/** What the form of three steps needs too, and to whom a phone seals what it must keep. */
export const load: PageServerLoad = async ({ locals: { app } }) => ({
  ...formSettings(app),
  sealedTo: await app.pages.sealedTo(),
})
