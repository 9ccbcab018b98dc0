import { fail } from '@sveltejs/kit'
import { receiptDigits } from '#src/reports/contract.ts'
import { problemOf, textOf } from '../../problem.ts'
import type { Actions, PageServerLoad } from './$types'

/** Days that a locked original is kept. */
const originalDays = 90

export const load: PageServerLoad = ({ locals: { app }, params: { lang } }) => ({
  recipient: app.evidenceRecipient ?? null,
  faceModel: app.faceModelAddress,
  days: { original: originalDays, report: 365 },
  contacts: app.city.contacts.map(({ id, name, phone, url }) => ({
    id,
    name: name[lang] ?? name.en ?? id,
    phone: phone ?? null,
    url: url ?? null,
  })),
})

export const actions: Actions = {
  /** The receipt comes in a form's hidden field: in an address it would stay in the browser's history. */
  default: async ({ request, locals: { app } }) => {
    const receipt = receiptDigits(textOf(await request.formData(), 'receipt', 100))
    if (!receipt) return fail(422, { receipt: null, retracted: false })
    try {
      const { retracted } = await app.pages.myReport(receipt)
      return { receipt, retracted }
    } catch (thrown) {
      return fail(problemOf(thrown).status, { receipt: null, retracted: false })
    }
  },
}
