// The report form of one page: seals what was written and keeps it on the phone until it can be sent. Without
// this file, and with a line, it is a plain form.
import { fillDraft, missing, written } from './offline/form.ts'
import { showKept } from './offline/kept-list.ts'
import { keepReport } from './offline/kept-reports.ts'
import { sealReport } from './offline/seal-report.ts'

const form = document.querySelector<HTMLFormElement>('form[data-offline]')
const lang = document.documentElement.lang

function say(name: string | null): void {
  const part = document.querySelector<HTMLElement>('[data-wrong]')
  if (!part) return
  const text = document.querySelector(`[data-wrong-texts] [data-for="${name}"]`)
  part.textContent = text?.textContent ?? ''
  part.hidden = name === null
}

/** Once it is sealed nothing of it stays on the page: the phone may be handed on. */
async function keep(to: HTMLFormElement): Promise<void> {
  const wrong = missing(to)
  if (wrong) {
    say(wrong.text)
    to.querySelector<HTMLElement>(`[name="${wrong.field}"]`)?.focus()
    return
  }
  const sealed = await sealReport(written(to), to.dataset.sealedTo ?? '')
  if (!(await keepReport(sealed, lang))) return say('full')
  to.reset()
  to.hidden = true
  document.querySelector<HTMLElement>('[data-another]')?.removeAttribute('hidden')
  await showKept()
  // Where the browser can: it is sent even when this page is closed.
  const worker = await navigator.serviceWorker?.ready
  await (worker as unknown as { sync?: { register(tag: string): Promise<void> } })?.sync?.register(
    'reports',
  )
}

if (form) {
  document.querySelector<HTMLElement>('[data-sealing]')?.removeAttribute('hidden')
  const send = form.querySelector<HTMLButtonElement>('#send')
  form.addEventListener('submit', (event) => {
    event.preventDefault()
    say(null)
    if (send) send.disabled = true
    keep(form)
      .catch(() => say('cannot-keep'))
      .finally(() => {
        if (send) send.disabled = false
      })
  })
  // What could not be sent at the last step is complete: it is kept without another word.
  if (fillDraft(form) === 'send' && !missing(form)) form.requestSubmit()
  void showKept()
  addEventListener('online', () => void showKept())
  document.addEventListener('visibilitychange', () => document.hidden || void showKept())
}
