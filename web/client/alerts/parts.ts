// The parts of the page and its words: texts stand in the page, in its language.

export const root = document.querySelector<HTMLElement>('[data-alerts]')

/** A part of the page, by its data attribute; throws where the page has none. */
export function part<Kind extends HTMLElement = HTMLElement>(name: string, within = root): Kind {
  const found = within?.querySelector<Kind>(`[data-${name}]`)
  if (!found) throw new Error(`the page has no part ${name}`)
  return found
}

/** A sentence of the page, with values in its brackets. */
export function word(name: string, values: Record<string, string> = {}): string {
  const text = root?.querySelector(`[data-texts] [data-for="${name}"]`)?.textContent ?? ''
  return Object.entries(values).reduce(
    (sentence, [slot, value]) => sentence.replaceAll(`[${slot}]`, value),
    text,
  )
}

export const show = (name: string, shown: boolean): void => {
  for (const found of root?.querySelectorAll<HTMLElement>(`[data-${name}]`) ?? [])
    found.hidden = !shown
}

/** Says what is wrong, or nothing any more. */
export function complain(name: 'wrong' | 'on-wrong', why: string | null): void {
  const line = part(name)
  line.textContent = why === null ? '' : word(why)
  line.hidden = why === null
}

/** A copy of what a template of the page holds. */
export function fromTemplate(name: string): HTMLElement {
  const copy = part<HTMLTemplateElement>(name).content.firstElementChild?.cloneNode(true)
  if (!(copy instanceof HTMLElement)) throw new Error(`the template ${name} is empty`)
  return copy
}
