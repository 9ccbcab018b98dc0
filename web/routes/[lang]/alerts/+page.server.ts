import type { PageServerLoad } from './$types'

/** Where this deployment is reached, so that an address can be copied whole. */
export const load: PageServerLoad = ({ locals: { app }, url }) => ({
  origin: app.config.publicUrl?.replace(/\/$/, '') ?? url.origin,
})
