// Fills in what is kept of a subscription, word for word as the server said it.
import type { StoredSubscription } from '#src/alerts/contract.ts'
import { part, word } from './parts.ts'

/** Shows it within a part of the page; null says that nothing is kept. */
export function showStored(within: HTMLElement, stored: StoredSubscription | null): void {
  part('stored-part', within).hidden = stored === null
  part('stored-nothing', within).hidden = stored !== null
  if (!stored) return
  part('stored-cells', within).textContent = stored.cells.join(' ')
  const values: Record<string, string> = {
    channel: word(`how.${stored.channel}`),
    address: word(`stored.address-${stored.channel}`),
    language: nameOf(stored.language),
    wants: stored.wants.map((want) => word(`wants.${want}`)).join(', '),
    quiet: quietWords(stored.quiet),
  }
  for (const [name, value] of Object.entries(values)) {
    const line = within.querySelector(`[data-stored-value="${name}"]`)
    if (line) line.textContent = value
  }
}

const nameOf = (language: string): string =>
  document.querySelector(`select[name="language"] option[value="${CSS.escape(language)}"]`)
    ?.textContent ?? language

function quietWords(quiet: StoredSubscription['quiet']): string {
  if (!quiet) return word('stored.quiet-none')
  const { from, to, wake } = quiet
  return word(wake ? 'stored.quiet-wake' : 'stored.quiet-hours', { from, to })
}
