import type { PageServerLoad } from './$types'

export const load: PageServerLoad = ({ locals: { app } }) => ({
  units: app.city.units,
  exitHost: new URL(app.city.quickExitUrl).host,
})
