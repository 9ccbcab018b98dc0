// The warrant checker on the phone itself: the same decision as the server's, over the tree that the page holds. No
// answer leaves the page, none is kept, and it goes on without a line. Without this file it is a plain form.
import {
  type Answered,
  type Flag,
  type Outcome,
  verdict,
  type WarrantTree,
} from '../../src/rights/contract-warrant.ts'

const form = document.querySelector<HTMLFormElement>('form[data-warrant]')
const step = form?.querySelector<HTMLElement>('[data-step]')
const dayMilliseconds = 86_400_000

if (form && step) start(form, step)

function start(form: HTMLFormElement, step: HTMLElement): void {
  const tree = JSON.parse(form.dataset['warrant'] ?? '{}') as WarrantTree
  // The kept page is one for both audiences: the address says which.
  const audience =
    new URLSearchParams(location.search).get('for') === 'staff' ? 'staff' : valueOf(form, 'for')
  const answers: Answered[] = [...form.querySelectorAll<HTMLInputElement>('input[type=hidden]')]
    .filter(({ name }) => name !== 'for')
    .map(({ name, value }) => ({ node: name, option: value }))
  markAudience(audience)
  ageAll(step, Number(form.dataset['greyDays']))

  const show = (was: string | null, focus = true): void => {
    const outcome = verdict(
      tree,
      Object.fromEntries(answers.map(({ node, option }) => [node, option])),
    )
    if ('wrong' in outcome) return
    step.replaceChildren(...partsOf(outcome, audience))
    ageAll(step, Number(form.dataset['greyDays']))
    if (was) markWas(step, was)
    toggle('[data-intro]', answers.length > 0)
    toggle('[data-again]', answers.length === 0)
    if (focus) step.querySelector<HTMLElement>('section > h2, article:last-child h2')?.focus()
    scrollTo({ top: 0 })
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
  form.dataset['ready'] = ''
  if (answers.length === 0) show(null, false)
}

const valueOf = (form: HTMLFormElement, name: string): string =>
  form.querySelector<HTMLInputElement>(`input[name=${name}]`)?.value ?? ''

/** The cards that matter first, then the question or the card. */
function partsOf(outcome: Exclude<Outcome, { wrong: string }>, audience: string): Node[] {
  const forAudience = `[data-for="${audience}"]`
  if ('ask' in outcome)
    return [
      ...outcome.shown.map((id) => copyOf(`template[data-brief="${id}"]${forAudience}`)),
      copyOf(`template[data-node="${outcome.ask}"]`),
    ]
  const card = copyOf(`template[data-card="${outcome.card}"]${forAudience}`)
  for (const flag of outcome.flags) applyFlag(card, flag)
  return [card]
}

const copyOf = (selector: string): DocumentFragment =>
  document.querySelector<HTMLTemplateElement>(selector)?.content.cloneNode(true) as DocumentFragment

function applyFlag(card: DocumentFragment, flag: Flag): void {
  for (const note of card.querySelectorAll<HTMLElement>(`[data-flag="${flag}"]`))
    note.hidden = false
  for (const line of card.querySelectorAll(`[data-left~="${flag}"]`)) line.remove()
}

/** A page that was kept for long may have grown old since: the phone's own day counts too. */
function ageAll(step: HTMLElement, greyDays: number): void {
  for (const card of step.querySelectorAll<HTMLElement>('article[data-review]')) {
    const late = (Date.now() - Date.parse(`${card.dataset['review']}T00:00:00Z`)) / dayMilliseconds
    if (late < 1) continue
    const old = late >= 1 + greyDays
    for (const grey of card.querySelectorAll<HTMLElement>('[data-grey]')) grey.hidden = old
    const tooOld = card.querySelector<HTMLElement>('[data-too-old]')
    if (old && tooOld) {
      card.querySelector('[data-body]')?.remove()
      tooOld.hidden = false
    }
  }
}

function markWas(step: HTMLElement, was: string): void {
  step.querySelector(`button[value="${was}"]`)?.setAttribute('aria-current', 'true')
}

function markAudience(audience: string): void {
  for (const link of document.querySelectorAll<HTMLElement>('[data-audience]')) {
    if (link.dataset['audience'] === audience) link.setAttribute('aria-current', 'true')
    else link.removeAttribute('aria-current')
  }
}

function toggle(selector: string, hidden: boolean): void {
  for (const part of document.querySelectorAll<HTMLElement>(selector)) part.hidden = hidden
}
