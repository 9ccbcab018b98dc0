import type { PageServerLoad } from './$types'

/** Shows whom the link is for; opening the page does not use it up. */
export const load: PageServerLoad = async ({ locals, params }) => {
  const enrolment = await locals.app.desk.enrolmentOf(params.secret)
  return {
    secret: params.secret,
    enrolment: enrolment && { name: enrolment.name, organisation: enrolment.organisation },
  }
}
