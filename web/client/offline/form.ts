// The fields of the one-page report form: what is missing, and what a page that could not be sent had in it.

interface Wrong {
  /** The field to go to. */
  field: string
  /** Which of the page's texts says so. */
  text: string
}

const answerOf = (form: HTMLFormElement, name: string): string =>
  String(new FormData(form).get(name) ?? '').trim()

/** The first question without an answer; the server asks the same of every report. */
export function missing(form: HTMLFormElement): Wrong | null {
  const value = (name: string): string => answerOf(form, name)
  const somewhere = ['choice', 'placeId', 'place', 'lat'].some(value)
  const faults: [boolean, Wrong][] = [
    [!value('activity'), { field: 'activity', text: 'activity' }],
    [!value('firstHand'), { field: 'firstHand', text: 'first-hand' }],
    [!somewhere, { field: 'place', text: 'place' }],
    [!value('placeKind'), { field: 'placeKind', text: 'place-kind' }],
    [!value('when'), { field: 'when', text: 'when' }],
    [
      value('when') === 'other' && !(value('date') && value('time')),
      { field: 'date', text: 'when-exact' },
    ],
  ]
  return faults.find(([is]) => is)?.[1] ?? null
}

/**
 * What was typed, ready to seal. A kept page is the same for everybody who has it: the key by which the
 * server takes a report once is this phone's own, and "just now" is now.
 */
export function written(form: HTMLFormElement): Record<string, string> {
  const fields = Object.fromEntries(
    [...new FormData(form)].map(([name, value]): [string, string] => [name, String(value)]),
  )
  return {
    ...fields,
    key: form.dataset.key ?? crypto.randomUUID(),
    asOf: fields.asOf || new Date().toISOString(),
  }
}

/**
 * Puts what could not be sent back into the form, key and all: the server may have taken it and only its
 * answer was lost. Answers which button had been pressed; null if nothing was lost.
 */
export function fillDraft(form: HTMLFormElement): string | null {
  setDates(form)
  const part = document.querySelector('[data-draft]')
  if (!part?.textContent) return null
  const { action, fields } = JSON.parse(part.textContent) as {
    action: string
    fields: Record<string, string>
  }
  part.remove()
  for (const [name, value] of Object.entries(fields)) fillField(form, name, value)
  if (fields.key) form.dataset.key = fields.key
  document.querySelector('[data-dropped]')?.removeAttribute('hidden')
  return action
}

function fillField(form: HTMLFormElement, name: string, value: string): void {
  const field = form.elements.namedItem(name)
  if (field instanceof RadioNodeList || field instanceof HTMLInputElement) field.value = value
  if (field instanceof HTMLTextAreaElement) field.value = value
}

/** A kept page knows the day it was kept, not today. */
function setDates(form: HTMLFormElement): void {
  const field = form.elements.namedItem('date')
  if (!(field instanceof HTMLInputElement)) return
  const day = (at: number): string => new Date(at).toLocaleDateString('sv')
  const [now, three] = [Date.now(), 3 * 86_400_000]
  field.min = day(now - three)
  field.max = day(now)
  field.value = day(now)
}
