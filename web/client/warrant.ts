// The warrant checker on the phone itself: the same decision as the server's, over the tree that the page holds. No
// answer leaves the page, none is kept, and it goes on without a line. Without this file it is a plain form.
import { type Answered, type Audience, verdict } from '#src/rights/contract-warrant.ts'
import { type Phone, readPhone } from './warrant/phone.ts'
import { copyOf, writeCard } from './warrant/write-card.ts'

function start(form: HTMLFormElement, step: HTMLElement, phone: Phone): void {
  const hidden = [...form.querySelectorAll<HTMLInputElement>('input[type=hidden]')]
  const audience = audienceOf(hidden)
  const answers: Answered[] = hidden
    .filter(({ name }) => name !== 'for')
    .map(({ name, value }) => ({ node: name, option: value }))
  markAudience(audience)

  const show = (was: string | null, focus = true): void => {
    step.replaceChildren(...partsOf(phone, answers, audience))
    if (was) step.querySelector(`button[value="${was}"]`)?.setAttribute('aria-current', 'true')
    const began = answers.length > 0
    document.querySelector('h1')?.toggleAttribute('data-began', began)
    toggle('[data-intro]', began)
    toggle('[data-again]', !began)
    if (!focus) return
    scrollTo({ top: 0 })
    // What matters first is heard first.
    step.querySelector<HTMLElement>('h2')?.focus({ preventScroll: true })
  }

  form.addEventListener('submit', (event) => {
    event.preventDefault()
    const { submitter } = event as SubmitEvent
    if (!(submitter instanceof HTMLButtonElement)) return
    if (submitter.name === 'back') return show(answers.pop()?.option ?? null)
    answers.push({ node: submitter.name, option: submitter.value })
    show(null)
  })
  form.querySelector('[data-restart]')?.addEventListener('click', (event) => {
    event.preventDefault()
    answers.length = 0
    show(null)
  })
  // A browser that brings the page back from its memory must not show the last person's answers.
  addEventListener('pagehide', () => {
    answers.length = 0
    show(null, false)
  })
  show(null, false)
  form.dataset['ready'] = ''
}

/** The kept page is one for both audiences: the address says which. */
function audienceOf(hidden: readonly HTMLInputElement[]): Audience {
  const said = new URLSearchParams(location.search).get('for')
  const carried = hidden.find(({ name }) => name === 'for')?.value
  return said === 'staff' || carried === 'staff' ? 'staff' : 'resident'
}

/** The cards that matter first, then the question; or the card. */
function partsOf(phone: Phone, answers: readonly Answered[], audience: Audience): Node[] {
  const given = Object.fromEntries(answers.map(({ node, option }) => [node, option]))
  const outcome = verdict(phone.tree, given)
  if ('wrong' in outcome) return []
  if ('card' in outcome)
    return [writeCard(phone, { id: outcome.card, audience, flags: outcome.flags, brief: false })]
  return [
    ...outcome.shown.map((id) => writeCard(phone, { id, audience, flags: [], brief: true })),
    copyOf(`template[data-node="${outcome.ask}"]`),
  ]
}

function markAudience(audience: Audience): void {
  for (const link of document.querySelectorAll<HTMLElement>('[data-audience]')) {
    if (link.dataset['audience'] === audience) link.setAttribute('aria-current', 'true')
    else link.removeAttribute('aria-current')
  }
}

function toggle(selector: string, hidden: boolean): void {
  for (const part of document.querySelectorAll<HTMLElement>(selector)) part.hidden = hidden
}

const form = document.querySelector<HTMLFormElement>('form[data-warrant]')
const step = form?.querySelector<HTMLElement>('[data-step]')
const phone = readPhone()
if (form && step && phone) start(form, step, phone)
