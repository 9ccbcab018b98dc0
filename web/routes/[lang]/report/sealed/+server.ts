import { json } from '@sveltejs/kit'
import { problemOf, textOf } from '../../problem.ts'
import { readDraft } from '../read-draft.server.ts'
import { sendDraft } from '../send-draft.server.ts'
import type { RequestHandler } from './$types'

/**
 * Takes a report that waited on a phone: an age file (C2SP age v1) whose text is the form's fields as
 * JSON. 201 with the receipt, and the same again for as long as answers are kept; 4xx where it can never be taken.
 */
export const POST: RequestHandler = async ({ request, locals: { app } }) => {
  try {
    const sealed = new Uint8Array(await request.arrayBuffer())
    const form = formOf(await app.pages.openSealed(sealed))
    if (!form) return json({ error: 'reports.problem.invalid' }, { status: 422 })
    // Worked out when the line was back: what was sealed days ago could not know of a flood.
    form.set('effort', request.headers.get('porchlight-effort') ?? '')
    const sent = await sendDraft(app, readDraft(form, app))
    return 'receipt' in sent
      ? json({ receipt: sent.receipt }, { status: 201 })
      : json({ error: sent.errors[0]?.text }, { status: sent.status })
  } catch (thrown) {
    const { status } = problemOf(thrown)
    return json({ error: 'reports.problem.unexpected' }, { status })
  }
}

/** The fields that were sealed, as a form; null if this is none, or has no key to be sent once by. */
function formOf(text: string): FormData | null {
  try {
    const fields: unknown = JSON.parse(text)
    if (typeof fields !== 'object' || fields === null) return null
    const form = new FormData()
    for (const [name, value] of Object.entries(fields)) form.set(name, String(value))
    return textOf(form, 'key') ? form : null
  } catch {
    return null
  }
}
