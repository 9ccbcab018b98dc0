/** Where it is kept on this device that single keys are not wanted (WCAG 2.1.4: they can be turned off). */
const wish = 'desk-keys'

/** Whether single keys act on this device. They do unless somebody turned them off. */
export function keysWanted(): boolean {
  try {
    return localStorage.getItem(wish) !== 'off'
  } catch {
    return true
  }
}

/** Keeps that wish; a browser that keeps nothing forgets it with the page. */
export function wantKeys(on: boolean): void {
  try {
    localStorage.setItem(wish, on ? 'on' : 'off')
  } catch {}
}

const typesText =
  'textarea, select, [contenteditable], [role="combobox"], input:not([type="radio"], [type="checkbox"], [type="submit"])'

/** Whether a key is one of the desk's own: not typed into something, not part of a longer shortcut. */
export const isDeskKey = (event: KeyboardEvent): boolean =>
  !event.defaultPrevented &&
  !(event.ctrlKey || event.metaKey || event.altKey) &&
  !(event.target instanceof Element && event.target.closest(typesText)) &&
  keysWanted()

/**
 * Presses the visible control that shows this key: no key does what no button does. A link or button
 * is clicked; of anything else the first thing inside that can be filled in gets the focus.
 */
export function pressKey(event: KeyboardEvent): void {
  if (!isDeskKey(event) || event.repeat) return
  const key = event.key.length === 1 ? event.key.toUpperCase() : event.key
  const control = document.querySelector<HTMLElement>(`[aria-keyshortcuts~="${CSS.escape(key)}"]`)
  if (!control || control.matches(':disabled')) return
  event.preventDefault()
  if (control.matches('a, button, summary')) control.click()
  else control.querySelector<HTMLElement>('input:not([type="hidden"]), textarea, button')?.focus()
}
