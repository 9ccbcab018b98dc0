// Fills the page's empty card, slot by slot, with what the server would have written.
import { type Audience, type CardLines, type Flag, linesOf } from '#src/rights/contract-warrant.ts'
import type { Phone } from './phone.ts'

const dayMilliseconds = 86_400_000

interface Wanted {
  id: string
  audience: Audience
  flags: readonly Flag[]
  /** On the way to a question: its own lines, a lawyer and not to resist. */
  brief: boolean
}

/** A card as it is read today: a page that was kept for long may have grown old since. */
export function writeCard(phone: Phone, { id, audience, flags, brief }: Wanted): DocumentFragment {
  const copy = copyOf('template[data-card]')
  const card = phone.tree.cards[id]
  const article = copy.querySelector('article')
  if (!card || !article) return copy
  const late = (Date.now() - Date.parse(`${card.reviewBy}T00:00:00Z`)) / dayMilliseconds
  const old = late >= 1 + phone.greyDays
  article.classList.remove('SAFETY', 'grey')
  article.classList.add(
    card.verdict,
    ...(brief ? ['brief'] : []),
    ...(late >= 1 && !old ? ['grey'] : []),
  )
  nameIt(article, `card-${id}`)
  slot(copy, 'sign')?.replaceChildren(copyOf(`template[data-sign="${card.verdict}"]`))
  put(copy, 'verdict', phone.words[`verdict.${card.verdict}`])
  put(copy, 'headline', old ? phone.words['page.hidden'] : phone.texts[id])
  const dated = phone.dated.find(({ pair }) => pair === `${card.asOf} ${card.reviewBy}`)
  putOrRemove(copy, 'grey', late >= 1 && !old && !brief ? dated?.grey : undefined)
  repeat(copy, 'note', old ? [] : flags, (note, flag) => {
    note.textContent = phone.texts[`flag.${flag}`] ?? ''
  })
  writeLines(copy, phone, old ? ageless(phone) : shownOf(phone, id, { audience, flags, brief }))
  const own = new Set(brief ? [] : card.contacts)
  const contacts = phone.contacts.filter((contact) => own.has(contact.id))
  const first =
    phone.contacts.find((contact) => phone.tree.contacts.includes(contact.id)) ?? phone.contacts[0]
  writeContacts(copy, old && first ? [first] : contacts)
  if (old || brief) slot(copy, 'origin')?.remove()
  else writeOrigin(copy, phone, card, dated?.known)
  return copy
}

type Card = Phone['tree']['cards'][string]

/** A copy of what a template holds. */
export const copyOf = (selector: string): DocumentFragment =>
  document.querySelector<HTMLTemplateElement>(selector)?.content.cloneNode(true) as DocumentFragment

const slot = (within: ParentNode, name: string): HTMLElement | null =>
  within.querySelector<HTMLElement>(`[data-slot="${name}"]`)

function put(within: ParentNode, name: string, text: string | undefined): void {
  const at = slot(within, name)
  if (at) at.textContent = text ?? ''
}

function putOrRemove(within: ParentNode, name: string, text: string | undefined): void {
  if (text === undefined) slot(within, name)?.remove()
  else put(within, name, text)
}

function nameIt(article: HTMLElement, id: string): void {
  article.setAttribute('aria-labelledby', id)
  const heading = article.querySelector('h2')
  if (heading) heading.id = id
}

/** As many copies of the slot as there are things; a list that stays empty goes, with its section. */
function repeat<T>(
  within: ParentNode,
  name: string,
  things: readonly T[],
  fill: (copy: HTMLElement, thing: T) => void,
): void {
  const pattern = slot(within, name)
  if (!pattern) return
  const copies = things.map((thing) => {
    const copy = pattern.cloneNode(true) as HTMLElement
    fill(copy, thing)
    return copy
  })
  if (copies.length > 0) pattern.replaceWith(...copies)
  else (pattern.closest('section') ?? pattern).remove()
}

function shownOf(
  { tree }: Phone,
  id: string,
  { audience, flags, brief }: { audience: Audience; flags: readonly Flag[]; brief: boolean },
): CardLines {
  const lines = linesOf(tree, id, audience, flags)
  const repeated = new Set([...tree.always.do, ...tree.always.dont])
  const shown = (key: string): boolean =>
    !brief || !repeated.has(key) || key === 'lawyer' || key === 'resist'
  return { say: lines.say, do: lines.do.filter(shown), dont: lines.dont.filter(shown) }
}

/** What is true whatever the law says next month. */
const ageless = ({ tree: { always } }: Phone): CardLines => ({
  say: [],
  do: [...always.do],
  dont: [...always.dont],
})

function writeLines(copy: ParentNode, phone: Phone, lines: CardLines): void {
  const { lang } = document.documentElement
  repeat(copy, 'say', lines.say, (line, key) => {
    const aloud = line.querySelector('[lang]')
    if (aloud) aloud.textContent = phone.english[`say.${key}`] ?? ''
    putOrRemove(line, 'translation', lang === 'en' ? undefined : phone.texts[`say.${key}`])
    if (!phone.tree.onlyIfTrue.includes(key)) slot(line, 'only-true')?.remove()
  })
  for (const name of ['do', 'dont'] as const)
    repeat(copy, name, lines[name], (line, key) => {
      line.textContent = phone.texts[`${name}.${key}`] ?? ''
    })
}

function writeContacts(copy: ParentNode, contacts: Phone['contacts']): void {
  repeat(copy, 'contact', contacts, (line, { name, phone, hours }) => {
    const [named, said] = line.querySelectorAll('bdi')
    if (named) named.textContent = name
    if (said && hours) said.textContent = hours
    else said?.parentElement?.remove()
    const link = line.querySelector('a')
    if (!link) return
    link.href = `tel:${phone.replace(/[^\d+*#]/g, '')}`
    link.textContent = phone
  })
}

function writeOrigin(copy: ParentNode, phone: Phone, card: Card, known: string | undefined): void {
  put(copy, 'days', known)
  if (card.lawyer) put(copy, 'lawyer', card.lawyer)
  const paper = slot(copy, 'paper')
  if (card.paper) paper?.querySelector('a')?.setAttribute('href', `#paper-${card.paper}`)
  else paper?.remove()
  const sources = (card.sources ?? []).map((key) => phone.sources[key] ?? key)
  repeat(copy, 'source', card.law ? [card.law, ...sources] : sources, (line, source) => {
    const at = line.querySelector('bdi')
    if (at) at.textContent = source
  })
}
